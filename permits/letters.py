"""Letters to the employer: queued with the step that causes them, sent by the `open` workers."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from permits.case_types.registry import case_type
from permits.models import ApiToken, Application
from permits.queries import may_file_for
from wpis.api import token_letters
from wpis.models import BackgroundJob

KIND = "notice"


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

    The subject never says more than that there is news; the text says what the status page says.
    """
    application = Application.objects.select_related("employer", "created_by").get(
        pk=job.payload["application"]
    )
    with translation.override(application.language):
        context: dict[str, Any] = {
            "application": application,
            "employer": application.employer.name(application.language),
            "url": f"{settings.WPIS_PORTAL_URL}/applications/{application.pk}/?hl={application.language}",
        }
        body = render_to_string(f"permits/letters/{job.payload['letter']}.txt", context)
        subject = _("Work permit service: news on %(reference)s") % {"reference": application.reference}
    return EmailMessage(subject=subject, body=body, to=[_reader(application)]).send


def prepare_about_token(job: BackgroundJob, at: datetime) -> Callable[[], object]:
    """Write the letter about a token that ends soon; the returned effect sends it."""
    return token_letters.prepare(ApiToken.objects.all(), job, at, url=settings.WPIS_PORTAL_URL)


def _reader(application: Application) -> str:
    """Who filed it; the company itself once that person may no longer file for it."""
    filer = application.created_by
    return filer.email if may_file_for(filer, application.employer_id) else application.employer.email
