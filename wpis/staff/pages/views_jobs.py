"""Pages of the administrator of protection: background jobs that want a person, and what is done with one."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from wpis import clock
from wpis.accounts.changing.fresh import fresh_authentication
from wpis.accounts.requests import SignedInRequest
from wpis.errors import Refused
from wpis.letters.sending import message_id
from wpis.outbox import outboxes
from wpis.processes import job_steps, open_jobs, waiting
from wpis.staff.pages.rendering import show
from wpis.ui.forms import Form
from wpis.ui.refusals import attempt
from wpis.ui.widgets import Radios

MOST = 200
"""More than these of one table have one cause; it is mended first."""


class RetryForm(Form):
    """Nothing to fill in: the job was not done."""


class AgainForm(Form):
    """Why a letter is sent that may have gone out."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), widget=Radios, choices=job_steps.AgainReason.choices
    )


class SentForm(Form):
    """How somebody knows that a letter went out."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), widget=Radios, choices=job_steps.SentReason.choices
    )


class DropForm(Form):
    """Why a job is not done."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), widget=Radios, choices=job_steps.DropReason.choices
    )


FORMS: dict[str, type[Form]] = {"retry": AgainForm, "sent": SentForm, "drop": DropForm}
DONE = {
    "retry": gettext_lazy("The job will be tried again."),
    "sent": gettext_lazy("The letter was taken as sent."),
    "drop": gettext_lazy("The job was dropped."),
}


@require_safe
def stuck(request: SignedInRequest) -> HttpResponse:
    """All that want a person, the oldest first, and how long the oldest of each table waits."""
    at = clock.now()
    lines = [
        {
            "job": job,
            "label": rows.label,
            "is_dead": job.dead_at is not None,
            "message_id": message_id(job),
            "may_be_dropped": rows.may_be_dropped,
        }
        for rows in open_jobs.changeable()
        for found in (open_jobs.dead(rows), open_jobs.unknown(rows, at))
        for job in found[:MOST]
    ]
    lines.sort(key=lambda line: line["job"].created_at)
    waits = [waiting.wait_of(rows, at) for rows in outboxes()]
    return show(request, "jobs", desk="jobs", lines=lines, waits=waits)


@fresh_authentication
def step(request: SignedInRequest, job: UUID, step: str) -> HttpResponse:
    """Try one again, take a letter as sent, or close one without doing it."""
    at = clock.now()
    row = _looked_up(job, at)
    if step not in FORMS or (step == "sent" and row.dead_at is not None):
        raise Http404
    kind = RetryForm if step == "retry" and row.dead_at is not None else FORMS[step]
    form = kind(request.POST if request.method == "POST" else None)

    def act() -> None:
        act_on = {"retry": job_steps.retry, "sent": job_steps.take_as_sent, "drop": job_steps.drop}[step]
        act_on(job, reason=form.cleaned_data.get("reason", ""), by=request.user, at=at)

    if request.method == "POST" and attempt(form, act):
        messages.success(request, DONE[step])
        return redirect("staff:jobs")
    context: dict[str, Any] = {"job": row, "message_id": message_id(row), "step": step, "form": form}
    return show(request, "job", desk="jobs", **context)


def _looked_up(job: UUID, at: Any) -> Any:
    """The job, if it wants a person; what is done meanwhile or belongs to nobody here is not found."""
    try:
        with transaction.atomic():
            return job_steps.stuck(job, at)
    except Refused:
        raise Http404 from None
