"""Sign-up and lost passwords say nothing about accounts behind the other doors."""

from typing import Any

import pytest
from django.test import override_settings

from tests.factories.letters import deliver, deliver_everywhere
from tests.factories.permits import PASSWORD, a_user
from wpis.accounts.models import User
from wpis.accounts.roles import Role

pytestmark = pytest.mark.django_db


def sign_up(client: Any, email: str) -> Any:
    form = {"email": email, "name": "Some One", "password1": PASSWORD, "password2": PASSWORD}
    return client.post("/accounts/signup/", form)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.CASEWORKER, Role.OFFICER, Role.EMPLOYER])
def test_signing_up_with_a_taken_address_looks_like_signing_up_with_a_new_one(role: str, client_on):
    taken = a_user(role)
    fresh, again = (sign_up(client_on("portal"), email) for email in ("new@example.am", taken.email))
    assert (again.status_code, again["Location"]) == (fresh.status_code, fresh["Location"])
    assert [letter.to for letter in deliver()] == [["new@example.am"], [taken.email]]
    assert User.objects.filter(email=taken.email).count() == 1


@pytest.mark.parametrize(
    ("surface", "role"),
    [
        ("office", Role.EMPLOYER),
        ("protection", Role.EMPLOYER),
        ("protection", Role.OFFICER),
        ("portal", Role.OFFICER),
        ("portal", Role.ANALYST),
    ],
)
def test_a_lost_password_of_another_surface_is_that_of_nobody(surface: str, role: str, client_on):
    answers = [
        client_on(surface).post("/accounts/password/reset/", {"email": email})
        for email in ("nobody@example.am", a_user(role).email)
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, "/accounts/password/reset/done/")
    }
    texts = {letter.body.partition("Migration")[0] for letter in deliver_everywhere()}
    assert len(texts) == 1, "the letter of an address without an account, to both"
    assert "no account with it can sign in here" in texts.pop()


def test_a_lost_password_of_ones_own_surface_gets_its_letter(client_on):
    client_on("office").post("/accounts/password/reset/", {"email": a_user(Role.OFFICER).email})
    (letter,) = deliver()
    assert "choose a new password" in letter.body


def test_a_metrics_token_that_is_no_ascii_is_a_wrong_token(client_on):
    with override_settings(WPIS_METRICS_TOKEN="right"):
        assert client_on("portal").get("/metrics", HTTP_AUTHORIZATION="Bearer \xe9").status_code == 404
        assert client_on("portal").get("/metrics", HTTP_AUTHORIZATION="Bearer right").status_code == 200
