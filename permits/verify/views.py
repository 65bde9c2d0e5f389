"""The public verification of a permit: for inspectors, landlords, workers, anybody who holds a permit."""

import math
from datetime import datetime, timedelta

from django.conf import settings
from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from permits.models import Permit
from permits.verify.forms import PermitNumberForm
from permits.verify.verdicts import Finding, Note, Verdict, look_up
from wpis import clock
from wpis.accounts.powers import public
from wpis.audit import trail
from wpis.audit.bounded import Room, room_for
from wpis.audit.searches import keyed
from wpis.crypto.permit_codes import public_keys, stolen_keys
from wpis.rate_limits.callers import network_of
from wpis.rate_limits.limiter import RateLimit, check_rate_limit

SIGNS = {
    Verdict.VALID: ("ok", "circle-check"),
    Verdict.NOT_YET: ("warn", "clock"),
    Verdict.EXPIRED: ("bad", "calendar"),
    Verdict.REVOKED: ("bad", "x"),
    Verdict.FORGED: ("bad", "warning"),
    Verdict.UNKNOWN: ("warn", "search"),
    Verdict.UNREADABLE: ("warn", "warning"),
}
"""Verdict -> colour and sign; the word stands beside both."""

FIVE_MINUTES = timedelta(minutes=5)


def rate_limit() -> RateLimit:
    """How often one network may look a permit up, so that nobody can try numbers out (promise P12)."""
    return RateLimit("permit check", settings.CHECK_REQUESTS, FIVE_MINUTES)


@non_atomic_requests  # what was counted stays counted, and look-ups of one network do not wait for each other
@public("anybody who is shown a permit may verify it")
@require_safe
def enter_number(request: HttpRequest) -> HttpResponse:
    """Ask for a number or a code; when one was entered, show the verdict."""
    form = PermitNumberForm(request.GET if "number" in request.GET else None)
    if form.is_bound and form.is_valid():
        return _answer(request, form.cleaned_data["number"])
    return render(request, "permits/verify/check.html", {"form": form}, status=422 if form.errors else 200)


@non_atomic_requests
@public("the code printed on a permit leads here")
@require_safe
def result(request: HttpRequest, text: str) -> HttpResponse:
    """The answer for the number or code in the address."""
    return _answer(request, text)


@public("keys are published so that permits can be verified without this service")
@require_safe
def keys(request: HttpRequest) -> JsonResponse:
    """The public keys of permit codes, as a JSON Web Key Set; apart from them those that were stolen."""
    return JsonResponse({"keys": public_keys(), "revoked_keys": stolen_keys()})


def _answer(request: HttpRequest, text: str) -> HttpResponse:
    at = clock.now()
    if wait := check_rate_limit(rate_limit(), network_of(request), at=clock.real_now()):
        return _later(request, wait, at)
    found = look_up(text, at)
    if found.valid_from:
        _record(request, found)
    kind, sign = SIGNS[found.verdict]
    context = {
        "found": found,
        "Verdict": Verdict,
        "Note": Note,
        "kind": kind,
        "sign": sign,
        "at": at,
        "form": PermitNumberForm(),
    }
    return render(request, "permits/verify/result.html", context)


def _record(request: HttpRequest, found: Finding) -> None:
    """Record that somebody was shown data of a permit: which permit, and from where by a keyed digest."""
    network = network_of(request)
    match room_for("permit checks", found.number, network, at=clock.real_now()):
        case Room.ONE:
            permit = Permit.objects.filter(number=found.number).only("pk").first()
            trail.record("permits.permit.check", by=None, subject=permit, network=keyed(network))
        case Room.MORE:
            trail.record("permits.permit.check_more", by=None, network=keyed(network))


def _later(request: HttpRequest, wait: timedelta, at: datetime) -> HttpResponse:
    """When to try again: in whole minutes for people, in seconds for programs."""
    seconds = math.ceil(wait.total_seconds())
    minutes = math.ceil(seconds / 60)
    context = {
        "minutes": minutes,
        "again_at": at + timedelta(minutes=minutes),
        "requests": rate_limit().requests,
    }
    response = render(request, "permits/verify/later.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
