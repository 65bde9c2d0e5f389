"""Renders a page of a case with its header and tabs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from referral.cases.closing.rules import open_proposal
from referral.cases.queries import days_left
from referral.cases.workflow import CASE
from referral.models import Case
from wpis import clock
from wpis.accounts.requests import SignedInRequest
from wpis.classifications.languages import language_name


def case_page(
    request: SignedInRequest, template: str, case: Case, tab: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of a case with what every such page shows."""
    now = clock.now()
    frame = {
        "case": case,
        "tab": tab,
        "desk": "cases",
        "own": case.caseworker_id == request.user.pk,
        "days_left": days_left(case.pre_identification_due, now),
        "clock_days": (case.pre_identification_due - timezone.localdate(case.opened_at)).days,
        "steps": CASE.steps(case, request.user),
        "proposal": open_proposal(case),
        "spoken": language_name(case.language) if case.language else "",
        "now": now,
    }
    return render(request, f"referral/caseworker/{template}", {**frame, **context}, status=status)
