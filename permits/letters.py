"""Letters to the employer: queued with the step that causes them, sent by the `open` workers."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permits.case_types.registry import case_type
from permits.models import ApiToken, Application, Outcome
from permits.queries import may_file_for
from wpis.api import token_letters
from wpis.formatting.days import written_day
from wpis.formatting.masks import initials
from wpis.letters.sending import nothing, sending
from wpis.models import BackgroundJob

KIND = "notice"

SUBJECTS = {
    "received": gettext_lazy("Work permit service: %(reference)s received"),
    "question": gettext_lazy("Work permit service: answer by %(day)s, %(reference)s"),
    "answered": gettext_lazy("Work permit service: answer on %(reference)s received"),
    "withdrawn": gettext_lazy("Work permit service: %(reference)s withdrawn"),
    "approved": gettext_lazy("Work permit service: decision on %(reference)s"),
    "refused": gettext_lazy("Work permit service: decision on %(reference)s"),
}
"""Letter -> its subject: what is to be done, and by when. An approval and a refusal have the same one."""


def queue(application: Application, notice: str, *, at: datetime) -> None:
    """Write the job for the letter that the case type sends for this notice, in the caller's transaction."""
    letter = case_type(application.kind).letters[notice]
    BackgroundJob.objects.create(
        kind=KIND,
        key=uuid.uuid4(),
        payload={"application": str(application.pk), "letter": letter},
        created_at=at,
        due_at=at,
    )


def prepare(job: BackgroundJob, at: datetime) -> Callable[[], object]:
    """Write the letter in the employer's language; the returned effect sends it.

    The subject says what the letter asks and by which day, and nothing of what was decided; the text says what the
    status page says. A question that was answered meanwhile is asked of nobody.
    """
    application = Application.objects.select_related("employer", "created_by", "worker").get(
        pk=job.payload["application"]
    )
    letter = job.payload["letter"]
    question = application.questions.filter(asked_at=job.created_at).first() if letter == "question" else None
    if question and question.answered_at:
        return nothing
    until = question.answer_by if question else _appeal_until(application) if letter == "refused" else None
    with translation.override(application.language):
        context: dict[str, Any] = {
            "application": application,
            "employer": application.employer.name(application.language),
            # An e-mail passes many hands: enough to know which worker it is about, as the public check says it.
            "worker": initials(application.worker.full_name),
            "until": until,
            "url": f"{settings.WPIS_PORTAL_URL}/applications/{application.pk}/?hl={application.language}",
        }
        body = render_to_string(f"permits/letters/{letter}.txt", context)
        subject = _subject(letter) % {"reference": application.reference, "day": written_day(until)}
    return sending(job, to=_reader(application), subject=subject, body=body)


def prepare_about_token(job: BackgroundJob, at: datetime) -> Callable[[], object]:
    """Write the letter about a token that ends soon; the returned effect sends it."""
    return token_letters.prepare(ApiToken.objects.all(), job, at, url=settings.WPIS_PORTAL_URL)


def _subject(letter: str) -> str:
    return str(SUBJECTS.get(letter) or _("Work permit service: news on %(reference)s"))


def _appeal_until(application: Application) -> date | None:
    """The last day to appeal against the refusal."""
    refusals = application.decisions.filter(outcome=Outcome.REFUSAL, confirmed=True)
    return refusals.order_by("-settled_at").values_list("appeal_until", flat=True).first()


def _reader(application: Application) -> str:
    """Who filed it; the company itself once that person may no longer file for it."""
    filer = application.created_by
    return filer.email if may_file_for(filer, application.employer_id) else application.employer.email
