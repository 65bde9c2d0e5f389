"""Sending, answering, escalating: who may, when, and what stays afterwards."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from alerts.models import Alert
from referral.cases import actions as cases
from referral.models import Referral, Reminder
from referral.referrals import actions as referrals
from referral.referrals import reminders
from referral.states import Answer, CaseState, ReferralState
from tests.factories.permits import a_user
from tests.factories.referral import a_case, a_caseworker, a_consent, a_partner, a_referral, send, the_purpose
from wpis import outbox
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.errors import Refused

pytestmark = pytest.mark.django_db


def ready(agency="ngo-shelter", purpose="shelter", **reply):
    """A case with a yes, and a body with people."""
    case = a_case()
    a_partner(agency)
    a_consent(case, agency, purpose, **reply)
    return case


def work(at):
    """What the workers do at that moment; returns how many reminders ran."""
    return outbox.run(Reminder, reminders.HANDLERS, reminders.SENDERS, at=at)


def test_a_referral_shares_what_was_previewed_and_nothing_else():
    case = ready(fields=("alias", "safe_contact"))
    item = send(case)
    assert item.packet == {
        "alias": case.alias,
        "safe_contact": "Through the bakery on Abovyan Street; Sunday after 14:00; About the language course",
    }
    assert item.fields == ["alias", "safe_contact"]
    assert item.legal_ground.startswith("Law of 17 December 2014")
    case.refresh_from_db()
    assert case.state == CaseState.REFERRED
    event = AuditEvent.objects.get(action="referral.disclosure.send")
    assert event.detail["fields"] == item.fields
    assert "bakery" not in str(event.detail)


def test_without_consent_nothing_is_sent_and_the_words_say_why():
    case = a_case()
    a_partner()
    with pytest.raises(Refused) as refused:
        send(case)
    assert refused.value.reasons == ["The person has not been asked yet. Record an answer first."]
    assert not Referral.objects.exists()


def test_an_agreement_that_ran_out_sends_nothing():
    case = ready(valid_until=timezone.localdate() + timedelta(days=1))
    with pytest.raises(Refused, match="run out"):
        send(case, at=timezone.now() + timedelta(days=2))


def test_a_second_click_is_one_referral_and_one_letter():
    case, token = ready(), uuid.uuid4()
    first = send(case, token=token)
    assert send(case, token=token) == first
    assert Referral.objects.count() == 1
    assert Reminder.objects.filter(kind=reminders.ITEM_MAIL).count() == 1


def test_the_same_body_is_not_asked_twice_at_once():
    case = ready()
    item = send(case)
    with pytest.raises(Refused, match="already sent"):
        send(case)
    copy = Referral.objects.get(pk=item.pk)
    copy.pk, copy.reference, copy.token = uuid.uuid4(), "R-COPY", uuid.uuid4()
    copy.packet = {}
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_what_changed_since_the_preview_is_not_sent():
    case = ready()
    body, use = the_purpose()
    digest = referrals.preview(case, body, use).digest
    cases.set_safe_contact(
        case,
        cases.SafeContact(how="Another way", when="", say="", language="hi", interviewer_wish=""),
        by=case.caseworker,
        at=timezone.now(),
    )
    with pytest.raises(Refused, match="changed since the preview"):
        referrals.send(
            case, body, use, by=case.caseworker, at=timezone.now(), token=uuid.uuid4(), digest=digest
        )


def test_a_purpose_on_a_legal_ground_needs_words_and_shares_its_mandate_only():
    case = a_case()
    a_partner("labour-inspectorate")
    with pytest.raises(Refused, match="without the person's agreement"):
        send(case, "labour-inspectorate", "inspection")
    item = send(case, "labour-inspectorate", "inspection", reason="The site is open today only.")
    assert set(item.packet) == {"employer_name", "employer_tax_number", "workplace", "work_province"}
    assert item.consent is None
    assert item.legal_ground.startswith("The items name no person")


def test_a_no_stops_an_inspection_but_not_a_rescue_from_danger():
    case = a_case()
    a_partner("labour-inspectorate")
    a_partner("police-anti-trafficking")
    a_consent(case, "labour-inspectorate", "inspection", answer=Answer.NO)
    a_consent(case, "police-anti-trafficking", "danger", answer=Answer.NO)
    with pytest.raises(Refused, match="said no"):
        send(case, "labour-inspectorate", "inspection", reason="Open today.")
    assert send(case, "police-anti-trafficking", "danger", reason="He threatened to come tonight.")


def test_nothing_is_sent_where_nobody_would_read_it():
    case = a_case()
    a_consent(case)
    with pytest.raises(Refused, match="Nobody at this body"):
        send(case)


@pytest.mark.parametrize("step", ["hold", "close"])
def test_nothing_is_sent_from_a_resting_or_closed_case(step):
    case = ready()
    if step == "hold":
        case = cases.hold(case, "Waiting.", by=case.caseworker, at=timezone.now())
    else:
        case = cases.close(case, "no_concern", "Nothing.", by=case.caseworker, at=timezone.now())
    with pytest.raises(Refused, match="closed or on hold"):
        send(case)


def test_only_the_caseworker_of_the_case_sends():
    case = ready()
    with pytest.raises(Refused, match="Take it over"):
        send(case, by=a_caseworker())
    for role in (Role.PARTNER, Role.ANALYST, Role.AUDITOR, Role.OFFICER, Role.EMPLOYER):
        with pytest.raises(PermissionDenied):
            send(case, by=a_user(role))


def test_a_body_accepts_and_the_desk_that_confirmed_it_learns_so():
    item, partner = a_referral()
    item = referrals.accept(item, by=partner, at=timezone.now())
    assert (item.state, item.answered_by) == (ReferralState.ACCEPTED, partner)
    item.case.refresh_from_db()
    assert item.case.state == CaseState.ANSWERED
    assert Alert.objects.get(pk=item.case.alert).outcome == "accepted"


def test_declining_needs_a_reason_and_keeps_it_encrypted():
    item, partner = a_referral()
    with pytest.raises(Refused, match="Say why"):
        referrals.decline(item, "  ", by=partner, at=timezone.now())
    referrals.decline(item, "We have no bed.", by=partner, at=timezone.now())
    assert Referral.objects.get().decline_reason == "We have no bed."
    with connection.cursor() as cursor:
        cursor.execute("SELECT decline_reason, packet FROM referral_disclosure")
        assert b"no bed" not in b"".join(bytes(value) for value in cursor.fetchone())
    assert Alert.objects.get(pk=item.case.alert).outcome == "declined"


def test_one_that_declines_does_not_overwrite_one_that_accepted():
    item, partner = a_referral()
    police = a_partner("police-anti-trafficking")
    a_consent(item.case, "police-anti-trafficking", "investigation")
    other = send(item.case, "police-anti-trafficking", "investigation")
    referrals.accept(item, by=partner, at=timezone.now())
    item.case.refresh_from_db()
    assert item.case.state == CaseState.REFERRED  # the other one has not answered yet
    referrals.decline(other, "Not ours.", by=police, at=timezone.now())
    item.case.refresh_from_db()
    assert item.case.state == CaseState.ANSWERED
    assert Alert.objects.get(pk=item.case.alert).outcome == "accepted"


@pytest.mark.parametrize(
    ("agency", "purpose", "outcome", "means"),
    [
        ("victim-identification-commission", "identification", "special_category", "identified"),
        ("victim-identification-commission", "identification", "not_recognised", "not_identified"),
        ("labour-inspectorate", "labour_rights", "wages_paid", "labour_rights"),
        ("ngo-shelter", "shelter", "not_wanted", "person_declined"),
        ("ngo-shelter", "shelter", "no_place", "accepted"),
    ],
)
def test_an_outcome_flows_back_in_the_words_of_the_door(agency, purpose, outcome, means):
    item, partner = a_referral(agency=agency, purpose=purpose)
    item = referrals.accept(item, by=partner, at=timezone.now())
    item = referrals.record_outcome(item, outcome, "", by=partner, at=timezone.now())
    assert item.state == ReferralState.COMPLETED
    assert Alert.objects.get(pk=item.case.alert).outcome == means


def test_an_outcome_of_another_body_or_before_accepting_is_refused():
    item, partner = a_referral()
    with pytest.raises(Refused):
        referrals.record_outcome(item, "support_given", "", by=partner, at=timezone.now())
    item = referrals.accept(item, by=partner, at=timezone.now())
    with pytest.raises(Refused):
        referrals.record_outcome(item, "recognised", "", by=partner, at=timezone.now())


def test_nobody_of_another_body_answers():
    item, _partner = a_referral()
    for stranger in (a_partner("ombudsman"), a_user(Role.PARTNER)):
        with pytest.raises(Refused):
            referrals.accept(item, by=stranger, at=timezone.now())
    with pytest.raises(PermissionDenied):
        referrals.accept(item, by=item.case.caseworker, at=timezone.now())


def test_of_two_answers_the_second_is_refused():
    item, partner = a_referral()
    referrals.accept(item, by=partner, at=timezone.now())
    with pytest.raises(Refused, match="changed meanwhile"):
        referrals.decline(item, "Too late.", by=partner, at=timezone.now())


def test_silence_escalates():
    sent = timezone.now() - timedelta(hours=25)
    item, _partner = a_referral(at=sent)
    work(sent + timedelta(hours=23))
    item.refresh_from_db()
    assert item.escalated_at is None
    mail.outbox.clear()
    late = sent + timedelta(hours=24)
    work(late)
    item.refresh_from_db()
    assert item.escalated_at == late
    assert AuditEvent.objects.filter(action="referral.disclosure.escalate", subject=item.pk).count() == 1
    assert [letter.to for letter in mail.outbox] == [[item.case.caseworker.email]]
    assert work(late + timedelta(hours=1)) == 0


def test_an_answer_in_time_does_not_escalate():
    sent = timezone.now() - timedelta(hours=25)
    item, partner = a_referral(at=sent)
    referrals.accept(item, by=partner, at=sent + timedelta(hours=1))
    work(timezone.now())
    item.refresh_from_db()
    assert item.escalated_at is None


def test_a_letter_goes_to_everybody_of_the_body_and_says_nothing():
    case = ready()
    second = a_partner("ngo-shelter")
    a_partner("ngo-shelter", is_active=False)
    a_partner("ombudsman")
    item = send(case)
    work(timezone.now())
    assert len(mail.outbox) == 2
    assert [second.email] in [letter.to for letter in mail.outbox]
    for letter in mail.outbox:
        words = f"{letter.subject} {letter.body}".lower()
        assert "work permit service" in letter.subject.lower()
        for secret in (item.reference, case.alias, case.reference, "case", "victim", "traffick", "referral"):
            assert secret.lower() not in words
    assert work(timezone.now()) == 0


def test_what_was_sent_can_never_be_changed_or_deleted():
    item, _partner = a_referral()
    for change in (
        {"fields": []},
        {"digest": "0" * 64},
        {"agency": "ombudsman"},
        {"sent_at": timezone.now()},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Referral.objects.filter(pk=item.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=item.pk).update(state=ReferralState.COMPLETED)
    with pytest.raises(DatabaseError), transaction.atomic():
        item.delete()


def test_two_bodies_cannot_tell_that_they_hold_the_same_case():
    item, _partner = a_referral()
    a_partner("ombudsman")
    a_consent(item.case, "ombudsman", "complaint", fields=("safe_contact",))
    other = send(item.case, "ombudsman", "complaint")
    assert item.reference != other.reference
    assert item.case.reference not in (item.reference, other.reference)
    assert item.case.alias not in str(other.packet)
