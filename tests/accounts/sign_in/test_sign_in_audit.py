"""Sign-ins stand in the audit trail, which no open surface can read; the library's own shared log is off."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from axes.models import AccessLog

from tests.factories import permits as factory
from wpis.audit.models import AuditEvent


@pytest.mark.django_db
def test_a_sign_in_is_audited_and_stands_in_no_shared_log(portal: Any) -> None:
    user = factory.a_user()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    answer = portal.post("/accounts/login/", {"login": user.email, "password": factory.PASSWORD})
    assert answer.status_code == 302
    assert [row.subject for row in AuditEvent.objects.filter(action="accounts.session.open")] == [
        user.pk
    ] or ("confirm" in answer["Location"])
    assert not AccessLog.objects.exists()


@pytest.mark.django_db
def test_an_address_with_a_nul_byte_is_absent_like_any_other(office: Any) -> None:
    officer = factory.a_user("officer")
    assert office.sign_in(officer).get("/files/WP-%00/").status_code == 404
