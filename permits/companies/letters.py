"""Letters about companies and invitations: queued with the step that causes them, sent by the `open` workers."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from permits.models import DelegateInvitation, Employer
from wpis.accounts.models import User
from wpis.formatting.days import written_day
from wpis.letters.sending import sending
from wpis.models import BackgroundJob

COMPANY, INVITED, DELEGATE = "company_letter", "invitation_letter", "delegate_letter"

SUBJECTS = {
    "company_asked": _("Work permit service: please answer a question about your company"),
    "company_verified": _("Work permit service: your company is verified"),
    "company_refused": _("Work permit service: we need more about your company"),
    "delegate_accepted": _("Work permit service: your invitation was accepted"),
    "delegate_declined": _("Work permit service: your invitation was declined"),
    "delegate_ended": _("Work permit service: your right to file has ended"),
    "invited": _("Work permit service: an invitation, answer by %(day)s"),
}
"""Letter -> its subject: what is to be done or has happened."""


def queue_company(company: Employer, letter: str, *, at: datetime) -> None:
    """Write the job for a letter to whoever claims the company."""
    _queue(COMPANY, {"employer": str(company.pk), "letter": letter}, at)


def queue_invitation(invitation: DelegateInvitation, *, at: datetime) -> None:
    """Write the job for the letter to the address that is invited; whether it has an account is not asked."""
    _queue(INVITED, {"invitation": str(invitation.pk)}, at)


def queue_delegate(company: Employer, letter: str, *, to: User, email: str = "", at: datetime) -> None:
    """Write the job for a letter to one account about somebody's right to file for the company."""
    payload = {"employer": str(company.pk), "letter": letter, "account": str(to.pk), "email": email}
    _queue(DELEGATE, payload, at)


def prepare_company(job: BackgroundJob, at: datetime) -> Callable[[], object]:
    """What an officer asks or has decided about a company. The text says what the page of the company says."""
    company = Employer.objects.select_related("created_by").get(pk=job.payload["employer"])
    to = company.created_by.email if company.created_by else company.email
    return _letter(
        job,
        job.payload["letter"],
        to,
        company.language,
        company=company,
        page=f"companies/{company.pk}/",
    )


def prepare_invitation(job: BackgroundJob, at: datetime) -> Callable[[], object]:
    """To the address that is invited. The company's name stands on the page: anybody can claim any name."""
    invitation = DelegateInvitation.objects.select_related("employer").get(pk=job.payload["invitation"])
    return _letter(
        job,
        "invited",
        invitation.email,
        invitation.language,
        company=None,
        page="invitations/",
        until=invitation.ends_at,
        email=invitation.email,
    )


def prepare_delegate(job: BackgroundJob, at: datetime) -> Callable[[], object]:
    """That an invitation was accepted or declined, or that somebody may no longer file."""
    company = Employer.objects.get(pk=job.payload["employer"])
    to = User.objects.get(pk=job.payload["account"]).email
    letter, email = job.payload["letter"], job.payload["email"]
    page = "companies/" if letter == "delegate_ended" else f"companies/{company.pk}/"
    return _letter(job, letter, to, company.language, company=company, page=page, email=email)


SENDERS = {COMPANY: prepare_company, INVITED: prepare_invitation, DELEGATE: prepare_delegate}
"""Kind of job -> what writes the letter."""


def _queue(kind: str, payload: dict[str, str], at: datetime) -> None:
    BackgroundJob.objects.create(kind=kind, key=uuid.uuid4(), payload=payload, created_at=at, due_at=at)


def _letter(
    job: BackgroundJob,
    letter: str,
    to: str,
    language: str,
    *,
    company: Employer | None,
    page: str,
    **more: Any,
) -> Callable[[], object]:
    with translation.override(language):
        context = {
            "employer": company.name(language) if company else "",
            "url": f"{settings.WPIS_PORTAL_URL}/{page}?hl={language}",
            **more,
        }
        body = render_to_string(f"permits/companies/letters/{letter}.txt", context)
        subject = str(SUBJECTS[letter]) % {"day": written_day(more.get("until"))}
    return sending(job, to=to, subject=subject, body=body)
