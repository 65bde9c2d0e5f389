"""Companies: registered once, delegates named and dismissed, tokens shown once."""

import re

import pytest

from permits.models import ApiToken, Employer
from permits.queries import may_file_for
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


def test_a_tax_number_is_registered_once_and_the_second_one_loses_nothing_typed(portal, company):
    response = portal.post("/companies/register/", typed.COMPANY | {"tax_number": company.tax_number})
    shown = response.content.decode()
    assert response.status_code == 422
    assert "already registered" in shown
    assert 'value="Sevan LLC"' in shown
    assert Employer.objects.count() == 1


def test_a_tax_number_has_eight_digits(portal, company):
    response = portal.post("/companies/register/", typed.COMPANY | {"tax_number": "123"})
    assert "8 digits, like" in response.content.decode()


def test_a_delegate_is_named_by_address_and_dismissed_again(portal, company):
    delegate = make.a_user(Role.DELEGATE, email="nare@example.am")
    page = f"/companies/{company.pk}/"
    assert portal.post(f"{page}delegates/", {"email": "Nare@example.am"}).url == page
    assert may_file_for(delegate, company.pk)
    assert "nare@example.am" in portal.get(page).content.decode()
    portal.post(f"{page}delegates/{delegate.pk}/dismiss/")
    assert not may_file_for(type(delegate).objects.get(pk=delegate.pk), company.pk)


def test_an_unknown_address_and_one_of_the_office_get_the_same_answer(portal, company):
    make.a_user(Role.OFFICER, email="officer@example.am")
    answers = [
        portal.post(f"/companies/{company.pk}/delegates/", {"email": address}).content.decode()
        for address in ("nobody@example.am", "officer@example.am")
    ]
    first, second = (re.sub(r'value="[^"]*"', "", text).replace("officer", "nobody") for text in answers)
    assert "No account with this address can file" in first
    assert first == second


def test_a_delegate_sees_the_company_and_names_nobody(portal, company, client_on):
    delegate = make.a_user(Role.DELEGATE, email="nare@example.am")
    portal.post(f"/companies/{company.pk}/delegates/", {"email": delegate.email})
    other = client_on("portal").sign_in(delegate)
    shown = other.get(f"/companies/{company.pk}/")
    assert shown.status_code == 200
    assert "Let this person file" not in shown.content.decode()
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
