"""Sending a referral: who may, when, and exactly what."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from referral.cases import actions as cases
from referral.models import Referral, Reminder
from referral.referrals import actions as referrals
from referral.referrals import reminders
from referral.states import Answer, CaseState
from tests.factories.permits import a_user
from tests.factories.referral import (
    a_case,
    a_case_with_consent,
    a_caseworker,
    a_consent,
    a_partner,
    send,
    the_purpose,
)
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.errors import Refused

pytestmark = pytest.mark.django_db


def test_a_referral_shares_what_was_previewed_and_nothing_else():
    case = a_case_with_consent(fields=("alias", "safe_contact"))
    referral = send(case)
    assert referral.packet == {
        "alias": case.alias,
        "safe_contact": "Through the bakery on Abovyan Street; Sunday after 14:00; About the language course",
    }
    assert referral.fields == ["alias", "safe_contact"]
    assert referral.legal_ground.startswith("Law of 17 December 2014")
    case.refresh_from_db()
    assert case.state == CaseState.REFERRED
    event = AuditEvent.objects.get(action="referral.disclosure.send")
    assert event.detail["fields"] == referral.fields
    assert "bakery" not in str(event.detail)


def test_without_consent_nothing_is_sent_and_the_words_say_why():
    case = a_case()
    a_partner()
    with pytest.raises(Refused) as refused:
        send(case)
    assert refused.value.reasons == ["The person has not been asked yet. Record an answer first."]
    assert not Referral.objects.exists()


def test_a_consent_that_ran_out_sends_nothing():
    case = a_case_with_consent(valid_until=timezone.localdate() + timedelta(days=1))
    with pytest.raises(Refused, match="run out"):
        send(case, at=timezone.now() + timedelta(days=2))


def test_a_second_click_is_one_referral_and_one_letter():
    case, token = a_case_with_consent(), uuid.uuid4()
    first = send(case, token=token)
    assert send(case, token=token) == first
    assert Referral.objects.count() == 1
    assert Reminder.objects.filter(kind=reminders.REFERRAL_MAIL).count() == 1


def test_the_same_agency_is_not_asked_twice_at_once():
    case = a_case_with_consent()
    referral = send(case)
    with pytest.raises(Refused, match="already sent"):
        send(case)
    copy = Referral.objects.get(pk=referral.pk)
    copy.pk, copy.reference, copy.token = uuid.uuid4(), "R-COPY", uuid.uuid4()
    copy.packet = {}
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_what_changed_since_the_preview_is_not_sent():
    case = a_case_with_consent()
    agency, use = the_purpose()
    digest = referrals.preview(case, agency, use, at=timezone.now()).digest
    cases.set_safe_contact(
        case,
        cases.SafeContact(how="Another way", when="", say="", language="hi", interviewer_wish=""),
        by=case.caseworker,
        at=timezone.now(),
    )
    with pytest.raises(Refused, match="changed since the preview"):
        referrals.send(
            case,
            agency,
            use,
            by=case.caseworker,
            at=timezone.now(),
            token=uuid.uuid4(),
            expected_digest=digest,
        )


def test_a_purpose_on_a_legal_ground_needs_words_and_shares_its_mandate_only():
    case = a_case()
    a_partner("labour-inspectorate")
    with pytest.raises(Refused, match="without the person's consent"):
        send(case, "labour-inspectorate", "inspection")
    referral = send(case, "labour-inspectorate", "inspection", reason="The site is open today only.")
    assert set(referral.packet) == {"employer_name", "employer_tax_number", "workplace", "work_province"}
    assert referral.consent is None
    assert referral.legal_ground.startswith("The items name no person")


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
    with pytest.raises(Refused, match="Nobody at this agency"):
        send(case)


@pytest.mark.parametrize("who", ["left yesterday", "was closed", "has not followed the invitation"])
def test_nothing_is_sent_where_the_only_account_is_of_somebody_who_cannot_sign_in(who):
    case, partner = a_case(), a_partner()
    a_consent(case)
    if who == "left yesterday":
        partner.ends_on = timezone.localdate() - timedelta(days=1)
    elif who == "was closed":
        partner.is_active = False
    else:
        partner.set_unusable_password()
    partner.save()
    with pytest.raises(Refused, match="Nobody at this agency"):
        send(case)


@pytest.mark.parametrize("step", ["hold", "close"])
def test_nothing_is_sent_from_a_resting_or_closed_case(step):
    case = a_case_with_consent()
    if step == "hold":
        case = cases.hold(case, "Waiting.", by=case.caseworker, at=timezone.now())
    else:
        case = cases.close(case, "not_identified", "Nothing.", by=case.caseworker, at=timezone.now())
    with pytest.raises(Refused, match="closed or on hold"):
        send(case)


def test_only_the_caseworker_of_the_case_sends():
    case = a_case_with_consent()
    with pytest.raises(Refused, match="Take it over"):
        send(case, by=a_caseworker())
    for role in (Role.PARTNER, Role.ANALYST, Role.AUDITOR, Role.OFFICER, Role.EMPLOYER):
        with pytest.raises(PermissionDenied):
            send(case, by=a_user(role))
