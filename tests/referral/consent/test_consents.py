"""Consent: asked for each agency and purpose, never assumed, always to be withdrawn."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from referral.access.consent_guard import consent_missing
from referral.agencies.directory import find_agency
from referral.consent import actions as consents
from referral.models import Consent, Referral
from referral.referrals import actions as referrals
from referral.states import Answer, CaseState, Explained, ReferralState
from tests.factories.referral import (
    a_case,
    a_caseworker,
    a_consent,
    a_partner,
    a_referral,
    a_reply,
    send,
    the_purpose,
)
from wpis.errors import Refused

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate()


def given(answer=Answer.YES, *, until=TODAY, back=None):
    return Consent(answer=answer, valid_until=until, withdrawn_at=back)


@pytest.mark.parametrize(
    ("agency", "purpose", "consent", "allowed"),
    [
        ("ngo-shelter", "shelter", None, False),
        ("ngo-shelter", "shelter", given(), True),
        ("ngo-shelter", "shelter", given(until=TODAY - timedelta(days=1)), False),
        ("ngo-shelter", "shelter", given(back=NOW), False),
        ("ngo-shelter", "shelter", given(Answer.NO, until=None), False),
        ("ngo-shelter", "shelter", given(Answer.NOT_NOW, until=None), False),
        ("labour-inspectorate", "inspection", None, True),
        ("labour-inspectorate", "inspection", given(Answer.NOT_NOW, until=None), True),
        ("labour-inspectorate", "inspection", given(Answer.NO, until=None), False),
        ("labour-inspectorate", "inspection", given(Answer.NO, until=None, back=NOW), False),
        ("labour-inspectorate", "inspection", given(until=TODAY - timedelta(days=1)), True),
        ("labour-inspectorate", "inspection", given(back=NOW), False),
        ("labour-inspectorate", "labour_rights", None, False),
        ("police-anti-trafficking", "danger", None, True),
        ("police-anti-trafficking", "danger", given(Answer.NO, until=None), True),
        ("police-anti-trafficking", "danger", given(back=NOW), True),
        ("police-anti-trafficking", "investigation", None, False),
        ("victim-identification-commission", "identification", None, False),
        ("ombudsman", "complaint", given(), True),
    ],
)
def test_what_an_answer_allows(agency, purpose, consent, allowed):
    _agency, use = the_purpose(agency, purpose)
    reasons = consent_missing(use, consent, NOW)
    assert (reasons == []) == allowed
    assert all(reason.endswith(".") for reason in reasons)


@pytest.mark.parametrize(
    ("reply", "field"),
    [
        ({"fields": ()}, "fields_agreed"),
        ({"fields": ("passport_number",)}, "fields_agreed"),  # outside the mandate of a shelter
        ({"explained": (Explained.PURPOSE,)}, "explained"),
        ({"valid_until": None}, "valid_until"),
        ({"valid_until": TODAY - timedelta(days=1)}, "valid_until"),
    ],
)
def test_a_yes_is_whole_or_it_is_refused(reply, field):
    with pytest.raises(Refused) as refused:
        a_consent(a_case(), **reply)
    assert refused.value.field == field
    assert not Consent.objects.exists()


def test_a_yes_keeps_only_fields_of_the_mandate():
    consent = a_consent(a_case(), fields=("alias", "passport_number"))
    assert consent.fields == ["alias"]


def test_a_no_is_recorded_without_fields_and_ends_what_an_earlier_yes_allowed():
    referral, _partner = a_referral()
    a_consent(referral.case, answer=Answer.NO)
    referral.refresh_from_db()
    assert referral.state == ReferralState.WITHDRAWN
    assert Consent.objects.get(answer=Answer.NO).fields == []
    with pytest.raises(Refused, match="said no"):
        send(referral.case)


def test_withdrawing_a_consent_stops_sending_and_ends_access():
    referral, partner = a_referral()
    case, now = referral.case, timezone.now()
    assert referral.consent
    consents.withdraw(referral.consent, by=case.caseworker, at=now)
    referral.refresh_from_db()
    assert (referral.state, referral.access_until) == (ReferralState.WITHDRAWN, now)
    with pytest.raises(Refused, match="took the consent back"):
        send(case)
    with pytest.raises(Refused):
        referrals.accept(referral, by=partner, at=now + timedelta(seconds=1))
    case.refresh_from_db()
    assert case.state == CaseState.ANSWERED


def test_withdrawing_ends_access_also_after_the_agency_was_done():
    referral, partner = a_referral()
    now = timezone.now()
    referral = referrals.accept(referral, by=partner, at=now)
    referral = referrals.record_outcome(referral, "support_given", "", by=partner, at=now)
    assert referral.consent
    consents.withdraw(referral.consent, by=referral.case.caseworker, at=now)
    referral.refresh_from_db()
    assert (referral.state, referral.access_until) == (ReferralState.COMPLETED, now)


def test_withdrawing_twice_is_the_same_as_once():
    consent = a_consent(a_case())
    first = consents.withdraw(consent, by=consent.case.caseworker, at=timezone.now())
    again = consents.withdraw(consent, by=consent.case.caseworker, at=timezone.now() + timedelta(hours=1))
    assert again.withdrawn_at == first.withdrawn_at


def test_a_consent_for_one_agency_or_purpose_is_none_for_another():
    case = a_case()
    a_partner("ngo-shelter")
    a_partner("ombudsman")
    a_consent(case, "ngo-shelter", "shelter")
    for agency, purpose in (("ngo-shelter", "legal_help"), ("ombudsman", "complaint")):
        with pytest.raises(Refused, match="not been asked yet"):
            send(case, agency, purpose)


def test_support_does_not_depend_on_talking_to_the_police():
    """E2, E3: a no to the police leaves the shelter as it is."""
    case = a_case()
    a_partner("ngo-shelter")
    a_consent(case, "police-anti-trafficking", "investigation", answer=Answer.NO)
    a_consent(case, "ngo-shelter", "shelter")
    assert send(case).state == ReferralState.SENT


def test_an_answer_cannot_be_changed_deleted_or_given_back_in_the_database():
    consent = a_consent(a_case())
    changes: tuple[dict[str, object], ...] = (
        {"answer": Answer.NO},
        {"fields": []},
        {"valid_until": None},
        {"recorded_at": NOW},
    )
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            Consent.objects.filter(pk=consent.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        consent.delete()
    consents.withdraw(consent, by=consent.case.caseworker, at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(withdrawn_at=None)


def test_only_the_caseworker_of_the_case_records_and_ends_answers():
    case, other = a_case(), a_caseworker()
    agency, use = the_purpose()
    with pytest.raises(Refused):
        consents.record(case, agency, use, a_reply(use), by=other, at=timezone.now())
    with pytest.raises(PermissionDenied):
        consents.record(case, agency, use, a_reply(use), by=a_partner(), at=timezone.now())
    consent = a_consent(case)
    with pytest.raises(Refused):
        consents.withdraw(consent, by=other, at=timezone.now())
    assert not Referral.objects.exists()


def test_an_agency_reads_no_longer_than_the_person_agreed_to():
    case, today = a_case(), timezone.localdate()
    partner = a_partner()
    a_consent(case, valid_until=today)
    referral = send(case)
    tomorrow = timezone.make_aware(datetime.combine(today + timedelta(days=1), time()))
    assert referral.access_until == tomorrow
    with pytest.raises(Refused, match="ended"):
        referrals.accept(referral, by=partner, at=tomorrow)


def test_a_long_consent_does_not_lengthen_the_time_of_an_agency():
    case, at = a_case(), timezone.now()
    a_partner()
    a_consent(case, valid_until=timezone.localdate() + timedelta(days=3650))
    agency = find_agency("ngo-shelter")
    assert agency
    assert send(case, at=at).access_until == agency.access_until(at)
