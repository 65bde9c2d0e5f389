"""Opening, preparing and closing a case."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from alerts import handover
from alerts.models import Alert
from alerts.states import State
from referral.cases import actions as cases
from referral.cases.person import FROM_CASE, FROM_FILE
from referral.models import Case, Note
from referral.shared_fields.catalogue import catalogue
from referral.states import CaseOutcome, CaseState, NoteKind
from referral.workflow import CASE
from tests.factories.permits import a_user
from tests.factories.referral import a_case, a_caseworker, a_confirmed_alert, a_referral
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.errors import Refused

pytestmark = pytest.mark.django_db


def test_a_confirmed_alert_becomes_a_case_with_an_alias_and_a_clock():
    alert, caseworker, now = a_confirmed_alert(), a_caseworker(), timezone.now()
    case = cases.open_case(alert.pk, by=caseworker, at=now)
    assert case.state == CaseState.OPEN
    assert case.pre_identification_due == timezone.localdate(now) + timedelta(days=10)
    assert case.person["full_name"] == "RAJESH KUMAR SHARMA"
    assert "SHARMA" not in case.alias.upper()
    assert "900" in case.person["findings"][0]["en"].replace("\u00a0", "")
    assert case.why["reason"] == "The fee ties the worker to the recruiter."
    alert.refresh_from_db()
    assert (alert.state, alert.case_reference) == (State.HANDED_OVER, case.reference)
    assert AuditEvent.objects.filter(action="referral.case.open", subject=case.pk).count() == 1


def test_a_second_click_on_open_gives_the_same_case():
    alert, caseworker = a_confirmed_alert(), a_caseworker()
    first = cases.open_case(alert.pk, by=caseworker, at=timezone.now())
    assert cases.open_case(alert.pk, by=caseworker, at=timezone.now()) == first
    assert Case.objects.count() == 1


def test_a_colleague_who_comes_second_is_told_so():
    alert = a_confirmed_alert()
    cases.open_case(alert.pk, by=a_caseworker(name="Anahit"), at=timezone.now())
    with pytest.raises(Refused, match="Anahit"):
        cases.open_case(alert.pk, by=a_caseworker(), at=timezone.now())


def test_an_alert_that_nobody_confirmed_cannot_be_opened():
    with pytest.raises(handover.NotConfirmed):
        cases.open_case(uuid.uuid4(), by=a_caseworker(), at=timezone.now())


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CASEWORKER])
def test_only_a_caseworker_opens_a_case(role):
    alert = a_confirmed_alert()
    with pytest.raises(PermissionDenied):
        cases.open_case(alert.pk, by=a_user(role), at=timezone.now())


def test_nobody_is_contacted_before_a_safe_way_and_a_language_are_known():
    case = a_case(contact=False)
    with pytest.raises(Refused) as refused:
        cases.add_note(case, NoteKind.REACHED, "We spoke.", by=case.caseworker, at=timezone.now())
    assert len(refused.value.reasons) == 2
    assert not Note.objects.exists()


def test_the_first_talk_moves_the_case_to_in_contact():
    case = a_case()
    cases.add_note(case, NoteKind.REACHED, "We spoke.", by=case.caseworker, at=timezone.now())
    case.refresh_from_db()
    assert case.state == CaseState.IN_CONTACT


def test_an_open_referral_blocks_closing_and_is_named():
    referral, _partner = a_referral()
    with pytest.raises(Refused, match=referral.reference):
        cases.close(
            referral.case, CaseOutcome.NO_CONCERN, "Done.", by=referral.case.caseworker, at=timezone.now()
        )


def test_closing_tells_the_desk_that_confirmed_it():
    case = a_case()
    cases.close(
        case, CaseOutcome.PERSON_DECLINED, "Does not want help now.", by=case.caseworker, at=timezone.now()
    )
    alert = Alert.objects.get(pk=case.alert)
    assert (alert.state, alert.outcome) == (State.CLOSED, CaseOutcome.PERSON_DECLINED)


def test_a_closed_case_is_reopened_with_a_reason_and_no_other_way():
    case = a_case()
    by, now = case.caseworker, timezone.now()
    case = cases.close(case, CaseOutcome.NOT_IDENTIFIED, "Nothing.", by=by, at=now)
    with pytest.raises(Refused):
        cases.reopen(case, " ", by=by, at=now)
    case = cases.reopen(case, "The person called.", by=by, at=now)
    assert (case.state, case.closed_at, case.outcome) == (CaseState.OPEN, None, "")
    assert cases.close(case, CaseOutcome.IDENTIFIED, "Recognised.", by=by, at=now).outcome == "identified"


def test_only_the_caseworker_of_a_case_works_on_it_until_it_is_taken_over():
    case, other = a_case(), a_caseworker()
    with pytest.raises(Refused):
        cases.hold(case, "Waiting.", by=other, at=timezone.now())
    case = cases.take_over(
        case,
        "Colleague is away.",
        by=other,
        at=timezone.now(),
        expected_caseworker=case.caseworker_id,
    )
    assert cases.hold(case, "Waiting.", by=other, at=timezone.now()).state == CaseState.ON_HOLD


def test_reasons_and_notes_are_ciphertext_in_the_database():
    case = a_case()
    cases.hold(case, "The person needs time.", by=case.caseworker, at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, contact_how, why FROM referral_case")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
        cursor.execute("SELECT string_agg(text, '') FROM referral_note")
        stored += bytes(cursor.fetchone()[0])
    for word in (b"SHARMA", b"bakery", b"needs time", b"recruiter"):
        assert word not in stored


def test_the_database_refuses_an_illegal_step_and_a_changed_person():
    case = a_case()
    for change in ({"state": CaseState.ANSWERED}, {"alias": "Other Name"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        case.delete()


def test_a_child_is_marked_on_the_case():
    assert a_case(child=True).child
    assert not a_case().child


def test_every_outcome_is_one_that_the_door_understands():
    assert set(CaseOutcome.values) == set(handover.Outcome.values)


def test_the_copy_holds_fields_of_the_catalogue_only():
    assert {*FROM_FILE, *FROM_CASE, "findings"} == set(catalogue())
    assert set(a_case().person) <= set(catalogue())


def test_no_step_of_a_case_depends_on_helping_proceedings():
    """E2: support is never tied to a complaint, a statement or cooperation (CoE Convention art. 12(6))."""
    words = ("complain", "testi", "cooperat", "statement", "prosecut", "criminal")
    names = [field.name for model in (Case,) for field in model._meta.get_fields()] + list(CASE.transitions)
    assert not [name for name in names if any(word in name for word in words)]
