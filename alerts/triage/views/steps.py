"""What an analyst does with an alert; every step is a form of its own and works without a script."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alerts import powers
from alerts.models import Alert, FindingOutcome
from alerts.rules import explanations, rulesets
from alerts.states import State
from alerts.triage import actions, queries
from alerts.triage.forms import CONFIRM, DecisionForm, ReasonForm, SecondForm
from alerts.triage.views.rendering import person, read_alert, show
from alerts.workflow import ALERT
from wpis import clock
from wpis.accounts.powers import requires
from wpis.audit.reading import reads
from wpis.errors import Refused
from wpis.ui.expected import expected_id
from wpis.ui.refusals import show_refusal


@requires(powers.TRIAGE)
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Take the most pressing alert and open it."""
    taken = actions.take_next(by=person(request), at=clock.now())
    if taken is None:
        messages.info(request, _("No open alerts. Every alert has an analyst."))
        return redirect("alerts:queue")
    return redirect("alerts:alert", taken.pk)


@requires(powers.TRIAGE)
@require_POST
def take(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Take this alert."""
    return _at_once(request, read_alert(request, alert, "take"), actions.take, "alerts:alert")


@requires(powers.TRIAGE)
@require_POST
def release(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Hand this alert back, without a reason."""
    return _at_once(request, read_alert(request, alert, "release"), actions.release, "alerts:queue")


@requires(powers.TRIAGE)
@require_http_methods(["GET", "POST"])
@reads("alerts.alert.read")
def decide(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Confirm or dismiss, with a reason."""

    def act(found: Alert, form: DecisionForm) -> str:
        outcome, reason = form.cleaned_data["outcome"], form.cleaned_data["reason"]
        by, at = person(request), clock.now()
        if outcome == CONFIRM:
            actions.confirm(found, by=by, at=at, reason=reason)
            return _("Confirmed. A caseworker finds it in the list of new cases.")
        settled = actions.dismiss(found, by=by, at=at, reason=reason, category=outcome)
        if settled.state == State.DISMISSED:
            return _("Dismissed.")
        return _("Your dismissal waits for a second analyst.")

    return _with_form(request, alert, "decide", DecisionForm, act)


@requires(powers.SECOND)
@require_http_methods(["GET", "POST"])
@reads("alerts.alert.read")
def second(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Agree to a colleague's dismissal, or give it back."""

    def act(found: Alert, form: SecondForm) -> str:
        agrees = form.cleaned_data["answer"] == "agree"
        answer = actions.agree if agrees else actions.give_back
        answer(
            found,
            expected_proposal=expected_id(request.POST, "proposal"),
            by=person(request),
            at=clock.now(),
            reason=form.cleaned_data["reason"],
        )
        return _("Dismissed.") if agrees else _("Given back to the analyst.")

    return _with_form(request, alert, "second", SecondForm, act)


@requires(powers.TRIAGE)
@require_http_methods(["GET", "POST"])
@reads("alerts.alert.read")
def take_over(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Take an alert from a colleague, with a reason."""

    def act(found: Alert, form: ReasonForm) -> str:
        actions.take_over(
            found,
            expected_owner=expected_id(request.POST, "owner"),
            by=person(request),
            at=clock.now(),
            reason=form.cleaned_data["reason"],
        )
        return _("The alert is yours now.")

    return _with_form(request, alert, "take_over", ReasonForm, act)


@requires(powers.TRIAGE)
@require_http_methods(["GET", "POST"])
@reads("alerts.alert.read")
def reopen(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Look again at a settled alert, with a reason."""

    def act(found: Alert, form: ReasonForm) -> str:
        actions.reopen(found, by=person(request), at=clock.now(), reason=form.cleaned_data["reason"])
        return _("Opened again. The alert is yours now.")

    return _with_form(request, alert, "reopen", ReasonForm, act)


STEPS_OF_PAGE = {
    "decide": ("confirm",),
    "second": ("agree",),
    "take_over": ("take_over",),
    "reopen": ("reopen",),
}
"""Page -> the step that must be possible for its form to be shown."""


def _at_once(request: HttpRequest, found: Alert, step: Callable[..., Alert], then: str) -> HttpResponse:
    """A step without a form; a refusal is told on the alert's page."""
    try:
        step(found, by=person(request), at=clock.now())
    except Refused as refused:
        for reason in refused.reasons:
            messages.warning(request, reason)
        return redirect("alerts:alert", found.pk)
    return redirect(then) if then == "alerts:queue" else redirect(then, found.pk)


def _with_form(
    request: HttpRequest, alert: UUID, page: str, kind: type[ReasonForm], act: Callable[[Alert, Any], str]
) -> HttpResponse:
    """Show the form, or act on it; what stands against the step is told instead of a form that cannot succeed."""
    proposal = queries.proposal_of(alert)  # before the alert: one that comes between is never named unseen
    found = read_alert(request, alert, page)
    form = kind(request.POST if request.method == "POST" else None)
    against = ALERT.refusals(found, STEPS_OF_PAGE[page][0], request.user)
    if not against and form.is_valid():
        try:
            messages.success(request, act(found, form))
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return redirect("alerts:alert", found.pk)
    content = rulesets.readable(found.screening.ruleset)
    hits = found.screening.findings.filter(outcome=FindingOutcome.HIT)
    return show(
        request,
        "step",
        alert=found,
        page=page,
        form=form,
        against=against,
        sentences=[explanations.explain(finding, content).sentence for finding in hits],
        proposal=proposal,
        status=409 if against and request.method == "POST" else 200,
    )
