"""The auditor's log: searched, changed by nobody, and audited itself."""

import pytest

from tests.factories.permits import a_user
from tests.factories.referral import (
    a_referral,
)
from tests.referral.pages import text, url
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_the_auditor_searches_the_log_and_is_in_it(protection):
    item, _partner = a_referral()
    auditor = a_user(Role.AUDITOR)
    desk = protection.sign_in(auditor)
    page = desk.get(url("audit_log"), {"action": "referral.disclosure", "subject": str(item.pk)})
    assert "referral.disclosure.send" in text(page)
    assert "referral.case.open" not in text(page)
    assert AuditEvent.objects.filter(action="audit.log.read", actor=auditor.pk).count() == 1
    assert "Nothing in the log fits" in text(desk.get(url("audit_log"), {"actor": "nobody@example.am"}))
    assert desk.get(url("audit_log"), {"subject": "x"}).status_code == 422
    by_person = desk.get(url("audit_log"), {"actor": item.case.caseworker.email})
    assert str(item.case.caseworker) in text(by_person)
    assert desk.post(url("audit_log")).status_code == 405


def test_the_log_names_no_person_of_a_case(protection):
    item, _partner = a_referral()
    page = protection.sign_in(a_user(Role.AUDITOR)).get(url("audit_log"))
    for secret in ("SHARMA", item.case.alias, "bakery", item.case.person["passport_number"]):
        assert secret not in page.content.decode()
