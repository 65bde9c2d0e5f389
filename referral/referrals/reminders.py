"""Clocks that run out and letters that say nothing: written with their step, done by workers."""

import uuid
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from referral.models import Referral, Reminder
from referral.states import ReferralState
from wpis.accounts.models import User
from wpis.audit import trail
from wpis.outbox import Effect, Handler, Sender

ANSWER_DUE = "answer_due"
ITEM_MAIL = "item_mail"
LETTER_LANGUAGES = ("hy", "en")
_LETTERS = uuid.UUID(
    "6a0f4c8e-7f4c-4c0e-9d4f-0a7c35d3b1e2"
)  # names the letters: one per person, item and occasion


def expect_answer(item: Referral, at: datetime) -> None:
    """Look again when the time for an answer is over."""
    Reminder.objects.create(kind=ANSWER_DUE, key=item.pk, created_at=at, due_at=item.answer_due_at)


def write_to(member: User, item: Referral, at: datetime, occasion: str = "new") -> None:
    """Queue a letter that there is something new; one per person, item and occasion."""
    Reminder.objects.get_or_create(
        kind=ITEM_MAIL,
        key=uuid.uuid5(_LETTERS, f"{item.pk}|{member.pk}|{occasion}"),
        defaults={"payload": {"to": str(member.pk)}, "created_at": at, "due_at": at},
    )


def tell_caseworker(item: Referral, at: datetime) -> None:
    """A letter without content to the caseworker: something came back."""
    write_to(item.case.caseworker, item, at, occasion=str(item.state))


def answer_due(row: Reminder, at: datetime) -> None:
    """Nobody answered in time: mark the referral as overdue and tell its caseworker."""
    item = (
        Referral.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__caseworker")
        .get(pk=row.key)
    )
    if item.state != ReferralState.SENT or item.escalated_at is not None:
        return
    item.escalated_at = at
    item.save(update_fields=["escalated_at"])
    trail.record("referral.disclosure.escalate", by=None, subject=item, agency=item.agency)
    write_to(item.case.caseworker, item, at, occasion="overdue")


def item_mail(row: Reminder, at: datetime) -> Effect:
    """A letter that says only that there is something new, in Armenian and English; no name, no reference."""
    member = User.objects.get(pk=row.payload["to"])
    parts = []
    for language in LETTER_LANGUAGES:
        with translation.override(language):
            parts.append(render_to_string("referral/letters/item.txt", {"url": settings.WPIS_PROTECTION_URL}))
            subject = _("Work permit service")
    return EmailMessage(
        subject=subject, body="\n".join(parts), to=[member.email] if member.is_active else []
    ).send


HANDLERS: dict[str, Handler] = {ANSWER_DUE: answer_due}
SENDERS: dict[str, Sender] = {ITEM_MAIL: item_mail}
