"""Who may open a case, and which values of it may be uncovered."""

import uuid

import pytest
from django.utils import timezone

from referral.access import revealing
from referral.access.cases import known_cases, read_case
from referral.cases import actions as cases
from tests.factories.permits import a_user
from tests.factories.referral import a_caseworker, a_confirmed_alert
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent


@pytest.mark.django_db
def test_only_a_caseworker_opens_a_case_and_opening_leaves_an_audit_event() -> None:
    owner, now = a_caseworker(), timezone.now()
    case = cases.open_case(a_confirmed_alert().pk, by=owner, at=now)
    assert read_case(case.pk, "notes", by=owner, at=now) == case
    event = AuditEvent.objects.get(action="referral.case.read")
    assert (event.actor, event.subject, event.detail) == (owner.pk, case.pk, {"part": "notes"})
    assert read_case(uuid.uuid4(), "notes", by=owner, at=now) is None
    for role in set(Role) - {Role.CASEWORKER}:
        other = a_user(role)
        assert not known_cases(other).exists(), role
        assert read_case(case.pk, "notes", by=other, at=now) is None, role
    assert not known_cases(a_caseworker(is_active=False)).exists()
    assert AuditEvent.objects.filter(action="referral.case.read").count() == 1


@pytest.mark.parametrize(
    ("field", "allowed"),
    [("passport_number", True), ("workplace", False), ("safe_contact", False), ("no_such_field", False)],
)
def test_a_value_is_uncovered_only_where_the_overview_covers_one(field: str, allowed: bool) -> None:
    assert revealing.can_be_revealed(field) is allowed
