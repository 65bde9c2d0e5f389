"""Answers that are due and e-mails without content: queued in the transaction of their step, done by workers."""

import uuid
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from referral.access.rule import readable_now
from referral.models import Referral, Reminder
from referral.states import ReferralState
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit import trail
from wpis.letters.sending import nothing, sending
from wpis.outbox import Effect, Handler, Sender

ANSWER_DUE = "answer_due"
REFERRAL_MAIL = "item_mail"
LETTER_LANGUAGES = ("hy", "en")
_LETTERS = uuid.UUID("6a0f4c8e-7f4c-4c0e-9d4f-0a7c35d3b1e2")
"""Namespace of the keys of e-mails: one for each person, referral and occasion."""


def expect_answer(referral: Referral, *, at: datetime) -> None:
    """Queue the reminder that is due when the time for an answer is over."""
    Reminder.objects.create(kind=ANSWER_DUE, key=referral.pk, created_at=at, due_at=referral.answer_due_at)


def write_to(member: User, referral: Referral, *, at: datetime, occasion: str = "new") -> None:
    """Queue an e-mail that there is something new; one for each person, referral and occasion."""
    Reminder.objects.get_or_create(
        kind=REFERRAL_MAIL,
        key=uuid.uuid5(_LETTERS, f"{referral.pk}|{member.pk}|{occasion}"),
        defaults={
            "payload": {"to": str(member.pk), "referral": str(referral.pk)},
            "created_at": at,
            "due_at": at,
        },
    )


def tell_caseworker(referral: Referral, *, at: datetime) -> None:
    """Queue an e-mail to the caseworker: the agency answered."""
    write_to(referral.case.caseworker, referral, at=at, occasion=str(referral.state))


def answer_due(row: Reminder, at: datetime) -> None:
    """Mark a referral that was not answered in time as overdue, and tell its caseworker."""
    referral = (
        Referral.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__caseworker")
        .get(pk=row.key)
    )
    if referral.state != ReferralState.SENT or referral.escalated_at is not None:
        return
    referral.escalated_at = at
    referral.save(update_fields=["escalated_at"])
    trail.record("referral.disclosure.escalate", by=None, subject=referral, agency=referral.agency)
    write_to(referral.case.caseworker, referral, at=at, occasion="overdue")


def mail_about_referral(row: Reminder, at: datetime) -> Effect:
    """Send an e-mail that there is something new and by when an agency answers it, in Armenian and English.

    It holds no name and no reference. An agency is not called to what it may no longer read.
    """
    member = User.objects.get(pk=row.payload["to"])
    if not _has_reason(member, row, at):
        return nothing
    context = {"url": settings.WPIS_PROTECTION_URL, "until": _answer_until(member, row)}
    parts = []
    for language in LETTER_LANGUAGES:
        with translation.override(language):
            parts.append(render_to_string("referral/letters/item.txt", context))
            subject = _("Work permit service")
    return sending(row, to=member.email, subject=subject, body="\n".join(parts))


def _answer_until(member: User, row: Reminder) -> datetime | None:
    """By when an agency answers what the letter is about; None for a letter that asks for no answer."""
    if member.role != Role.PARTNER or "referral" not in row.payload:
        return None
    waiting = Referral.objects.filter(pk=row.payload["referral"], state=ReferralState.SENT)
    return waiting.values_list("answer_due_at", flat=True).first()


def _has_reason(member: User, row: Reminder, at: datetime) -> bool:
    """Whether there is still something for this person; rows of earlier releases do not name their referral."""
    if not member.is_open(timezone.localdate(at)):
        return False
    if member.role != Role.PARTNER or "referral" not in row.payload:
        return True
    referral = Referral.objects.select_related("case").get(pk=row.payload["referral"])
    return bool(readable_now(referral, at=at))


HANDLERS: dict[str, Handler] = {ANSWER_DUE: answer_due}
SENDERS: dict[str, Sender] = {REFERRAL_MAIL: mail_about_referral}
