"""Answers that are due, and e-mails that say nothing."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from referral.models import Reminder
from referral.referrals import actions as referrals
from referral.referrals import reminders
from tests.factories.referral import a_case_with_consent, a_partner, a_referral, send
from wpis import outbox
from wpis.audit.models import AuditEvent
from wpis.formatting.days import written_moment

pytestmark = pytest.mark.django_db


def work(at):
    """What the workers do at that moment; returns how many reminders ran."""
    return outbox.run(Reminder, reminders.HANDLERS, reminders.SENDERS, at=at)


def test_silence_escalates():
    sent = timezone.now() - timedelta(hours=25)
    referral, _partner = a_referral(at=sent)
    work(sent + timedelta(hours=23))
    referral.refresh_from_db()
    assert referral.escalated_at is None
    mail.outbox.clear()
    late = sent + timedelta(hours=24)
    work(late)
    referral.refresh_from_db()
    assert referral.escalated_at == late
    assert AuditEvent.objects.filter(action="referral.disclosure.escalate", subject=referral.pk).count() == 1
    assert [letter.to for letter in mail.outbox] == [[referral.case.caseworker.email]]
    assert work(late + timedelta(hours=1)) == 0


def test_an_answer_in_time_does_not_escalate():
    sent = timezone.now() - timedelta(hours=25)
    referral, partner = a_referral(at=sent)
    referrals.accept(referral, by=partner, at=sent + timedelta(hours=1))
    work(timezone.now())
    referral.refresh_from_db()
    assert referral.escalated_at is None


def test_a_letter_to_an_agency_says_by_when_it_answers_and_one_to_a_caseworker_does_not():
    referral = send(a_case_with_consent())
    work(timezone.now())
    until = written_moment(referral.answer_due_at)
    assert f"Accept or decline it by {until}." in mail.outbox[0].body
    mail.outbox.clear()
    referrals.accept(referral, by=a_partner("ngo-shelter"), at=timezone.now())
    work(timezone.now())
    [letter] = mail.outbox
    assert letter.to == [referral.case.caseworker.email]
    assert "Accept or decline" not in letter.body


def test_a_letter_goes_to_everybody_of_the_agency_and_says_nothing():
    case = a_case_with_consent()
    second = a_partner("ngo-shelter")
    a_partner("ngo-shelter", is_active=False)
    a_partner("ombudsman")
    referral = send(case)
    work(timezone.now())
    assert len(mail.outbox) == 2
    assert [second.email] in [letter.to for letter in mail.outbox]
    for letter in mail.outbox:
        words = f"{letter.subject} {letter.body}".lower()
        assert "work permit service" in letter.subject.lower()
        for secret in (
            referral.reference,
            case.alias,
            case.reference,
            "case",
            "victim",
            "traffick",
            "referral",
        ):
            assert secret.lower() not in words
    assert work(timezone.now()) == 0
