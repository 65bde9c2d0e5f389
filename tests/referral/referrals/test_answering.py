"""What an agency does with a referral: accept, decline, record an outcome."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from alerts.models import Alert
from referral.models import Referral
from referral.referrals import actions as referrals
from referral.states import CaseState, ReferralState
from tests.factories.permits import a_user
from tests.factories.referral import a_consent, a_partner, a_referral, send
from wpis.accounts.roles import Role
from wpis.errors import Refused

pytestmark = pytest.mark.django_db


def test_an_agency_accepts_and_the_desk_that_confirmed_it_learns_so():
    referral, partner = a_referral()
    referral = referrals.accept(referral, by=partner, at=timezone.now())
    assert (referral.state, referral.answered_by) == (ReferralState.ACCEPTED, partner)
    referral.case.refresh_from_db()
    assert referral.case.state == CaseState.ANSWERED
    assert Alert.objects.get(pk=referral.case.alert).outcome == "accepted"


def test_declining_needs_a_reason_and_keeps_it_encrypted():
    referral, partner = a_referral()
    with pytest.raises(Refused, match="Say why"):
        referrals.decline(referral, "  ", by=partner, at=timezone.now())
    referrals.decline(referral, "We have no bed.", by=partner, at=timezone.now())
    assert Referral.objects.get().decline_reason == "We have no bed."
    with connection.cursor() as cursor:
        cursor.execute("SELECT decline_reason, packet FROM referral_disclosure")
        assert b"no bed" not in b"".join(bytes(value) for value in cursor.fetchone())
    assert Alert.objects.get(pk=referral.case.alert).outcome == "declined"


def test_one_that_declines_does_not_overwrite_one_that_accepted():
    referral, partner = a_referral()
    police = a_partner("police-anti-trafficking")
    a_consent(referral.case, "police-anti-trafficking", "investigation")
    other = send(referral.case, "police-anti-trafficking", "investigation")
    referrals.accept(referral, by=partner, at=timezone.now())
    referral.case.refresh_from_db()
    assert referral.case.state == CaseState.REFERRED  # the other one has not answered yet
    referrals.decline(other, "Not ours.", by=police, at=timezone.now())
    referral.case.refresh_from_db()
    assert referral.case.state == CaseState.ANSWERED
    assert Alert.objects.get(pk=referral.case.alert).outcome == "accepted"


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
def test_an_outcome_is_reported_to_the_analysts_by_its_meaning(agency, purpose, outcome, means):
    referral, partner = a_referral(agency=agency, purpose=purpose)
    referral = referrals.accept(referral, by=partner, at=timezone.now())
    referral = referrals.record_outcome(referral, outcome, "", by=partner, at=timezone.now())
    assert referral.state == ReferralState.COMPLETED
    assert Alert.objects.get(pk=referral.case.alert).outcome == means


def test_an_outcome_of_another_agency_or_before_accepting_is_refused():
    referral, partner = a_referral()
    with pytest.raises(Refused):
        referrals.record_outcome(referral, "support_given", "", by=partner, at=timezone.now())
    referral = referrals.accept(referral, by=partner, at=timezone.now())
    with pytest.raises(Refused):
        referrals.record_outcome(referral, "recognised", "", by=partner, at=timezone.now())


def test_nobody_of_another_agency_answers():
    referral, _partner = a_referral()
    for stranger in (a_partner("ombudsman"), a_user(Role.PARTNER)):
        with pytest.raises(Refused):
            referrals.accept(referral, by=stranger, at=timezone.now())
    with pytest.raises(PermissionDenied):
        referrals.accept(referral, by=referral.case.caseworker, at=timezone.now())


def test_of_two_answers_the_second_is_refused():
    referral, partner = a_referral()
    referrals.accept(referral, by=partner, at=timezone.now())
    with pytest.raises(Refused, match="changed meanwhile"):
        referrals.decline(referral, "Too late.", by=partner, at=timezone.now())
