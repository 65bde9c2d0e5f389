"""Who may open a case, and which values of it may be uncovered."""

import uuid

import pytest
from django.utils import timezone

from referral.access import revealing
from referral.access.cases import read_case, readable_cases
from referral.cases import actions as cases
from tests.factories.permits import a_user
from tests.factories.referral import a_caseworker, a_confirmed_alert
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent


@pytest.mark.django_db
def test_only_a_caseworker_opens_a_case_and_opening_leaves_an_audit_event() -> None:
    case = cases.open_case(a_confirmed_alert().pk, by=a_caseworker(), at=timezone.now())
    colleague = a_caseworker()
    assert read_case(case.pk, "notes", by=colleague) == case
    event = AuditEvent.objects.get(action="referral.case.read")
    assert (event.actor, event.subject, event.detail["part"]) == (colleague.pk, case.pk, "notes")
    assert read_case(uuid.uuid4(), "notes", by=colleague) is None
    for role in set(Role) - {Role.CASEWORKER}:
        other = a_user(role)
        assert not readable_cases(other).exists(), role
        assert read_case(case.pk, "notes", by=other) is None, role
    assert not readable_cases(a_caseworker(is_active=False)).exists()
    assert AuditEvent.objects.filter(action="referral.case.read").count() == 1


@pytest.mark.parametrize(
    ("field", "allowed"),
    [("passport_number", True), ("workplace", False), ("safe_contact", False), ("no_such_field", False)],
)
def test_a_value_is_uncovered_only_where_the_overview_covers_one(field: str, allowed: bool) -> None:
    assert revealing.can_be_revealed(field) is allowed
