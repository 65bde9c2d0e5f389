"""Companies: what a delegate sees, tokens shown once; claims and invitations are in `tests/permits/companies`."""

import re

import pytest

from permits.models import ApiToken
from tests.factories import permits as make
from tests.permits.employer import typed
from wpis.accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make.a_user()


@pytest.fixture
def company(lead, portal):
    portal.sign_in(lead)
    return make.an_employer(lead)


def test_a_tax_number_has_eight_digits(portal, company):
    response = portal.post("/companies/register/", typed.COMPANY | {"tax_number": "123"})
    assert "8 digits, like" in response.content.decode()


def test_a_delegate_sees_the_company_and_invites_nobody(portal, lead, company, client_on):
    delegate = make.a_user(Role.DELEGATE, email="nare@example.am")
    make.a_delegate(company, delegate, by=lead)
    other = client_on("portal").sign_in(delegate)
    shown = other.get(f"/companies/{company.pk}/")
    assert shown.status_code == 200
    assert "Invite this person" not in shown.content.decode()
    assert other.post(f"/companies/{company.pk}/delegates/", {"email": "x@example.am"}).status_code == 404


def test_a_token_is_shown_once_and_works_until_it_is_revoked(portal, company):
    page = f"/companies/{company.pk}/"
    shown = portal.post(f"{page}tokens/", {"label": "Payroll"}).content.decode()
    found = re.search(r"wpt_[\w-]+", shown)
    assert found
    secret = found[0]
    assert secret not in portal.get(page).content.decode()
    token = ApiToken.objects.get()
    assert token.digest not in shown
    headers = {"Authorization": f"Bearer {secret}"}
    assert portal.get("/api/v1/applications", headers=headers).status_code == 200
    portal.post(f"{page}tokens/{token.pk}/revoke/")
    assert portal.get("/api/v1/applications", headers=headers).status_code == 401


def test_with_two_companies_the_application_asks_for_which_one(portal, lead, company):
    second = make.an_employer(lead)
    assert portal.post("/applications/start/").status_code == 422
    started = portal.post("/applications/start/", {"employer": str(second.pk)})
    assert started.status_code == 302
    foreign = make.an_employer()
    assert portal.post("/applications/start/", {"employer": str(foreign.pk)}).status_code == 422
