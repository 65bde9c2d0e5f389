"""From the letter to the first page: password, enrolment code, factor."""

import re
from typing import Any

from allauth.mfa.models import Authenticator

from tests.accounts.test_second_factor import code as app_code
from tests.conftest import SurfaceClient
from tests.factories import staff
from tests.factories.permits import PASSWORD
from tests.second_factor.test_enrolment import make_code, with_password
from wpis.audit.models import AuditEvent


def set_up_app(client: SurfaceClient) -> Any:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    (seed,) = re.findall(r'id="authenticator_secret">(\w+)<', page)
    return client.post("/accounts/2fa/totp/activate/", {"code": app_code(seed)})


def test_password_and_code_set_up_a_factor_and_the_person_works(committed: None) -> None:
    officer = staff.a_colleague(factor=False)
    client = with_password(officer)
    typed = make_code(officer).lower().replace("-", " ")
    assert client.post("/enrol/", {"code": typed})["Location"] == "/accounts/2fa/"
    set_up_app(client)
    assert Authenticator.objects.filter(user=officer, type="totp").exists()
    assert client.get("/").status_code == 200
    actions = ["accounts.enrolment.issue", "accounts.enrolment.use"]
    assert (
        list(AuditEvent.objects.filter(action__in=actions).values_list("action", flat=True).order_by("at"))
        == actions
    )
