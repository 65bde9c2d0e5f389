"""The code of a sign-up: wrong ones end the code and not the visit, and a new one is sent from the same page."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone

from tests.conftest import SurfaceClient
from tests.factories.letters import deliver
from tests.factories.permits import PASSWORD, a_user
from tests.smoke.mail import CODE
from wpis.accounts.models import User

pytestmark = pytest.mark.django_db

EMAIL = "somebody@example.am"
PAGE = "/accounts/confirm-email/"
SIGN_UP = {"email": EMAIL, "name": "Some One", "password1": PASSWORD, "password2": PASSWORD}
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def portal(client_on: Any, settings: Any) -> SurfaceClient:
    settings.SESSION_COOKIE_AGE = 30 * 60  # the portal's
    client: SurfaceClient = client_on("portal")
    client.post("/accounts/signup/", SIGN_UP)
    return client


def newest_code() -> str:
    found = CODE.findall(str(deliver()[-1].body))
    return str(found[-1])


def enter(client: SurfaceClient, code: str) -> Any:
    return client.post(PAGE, {"code": code}, headers=ENGLISH)


def resend(client: SurfaceClient) -> Any:
    return client.post(PAGE, {"action": "resend"}, follow=True, headers=ENGLISH)


def use_up(client: SurfaceClient) -> Any:
    return [enter(client, "AAA-AAA") for _ in range(3)][-1]


def test_the_third_wrong_code_is_answered_at_the_field_and_a_new_code_makes_the_account(
    portal: SurfaceClient,
) -> None:
    old = newest_code()
    page = use_up(portal)
    assert page.status_code == 200
    assert "Too many wrong codes. Ask for a new code" in page.content.decode()
    assert "Send a new code" in page.content.decode()
    assert enter(portal, old).status_code == 200, "the code has ended"
    with time_machine.travel(timezone.now() + timedelta(seconds=30), tick=True):
        page = resend(portal)
        assert (page.status_code, page.request["PATH_INFO"]) == (200, PAGE)
        assert len(deliver()) == 2
        assert newest_code() != old
        assert enter(portal, newest_code()).status_code == 302
    assert User.objects.filter(email=EMAIL).exists()


def test_a_wrong_code_says_how_many_tries_are_left_and_an_empty_box_costs_none(portal: SurfaceClient) -> None:
    assert "you have 2 more tries" in enter(portal, "AAA-AAA").content.decode()
    for nothing in ("", "  "):
        assert "more tries" not in enter(portal, nothing).content.decode()
    assert "you have 1 more try" in enter(portal, "AAA-AAA").content.decode()
    assert enter(portal, newest_code()).status_code == 302


@pytest.mark.parametrize("code", ["-", " - ", "0", "\u00e9"])
def test_nothing_stands_for_a_code_that_has_ended(portal: SurfaceClient, code: str) -> None:
    use_up(portal)
    assert enter(portal, code).status_code == 200
    assert not User.objects.filter(email=EMAIL).exists()


def test_after_a_used_up_code_the_right_password_signs_in(portal: SurfaceClient, client_on: Any) -> None:
    user = a_user(email="other@example.am")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    use_up(portal)
    use_up(portal)
    answer = client_on("portal").post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302


def test_a_code_sent_a_moment_ago_is_not_sent_again(portal: SurfaceClient) -> None:
    page = resend(portal)
    assert page.request["PATH_INFO"] == PAGE
    assert "Too many tries. Wait a few minutes" in page.content.decode()
    assert len(deliver()) == 1


def test_asking_for_a_new_code_too_soon_gives_no_new_tries(portal: SurfaceClient) -> None:
    for _ in range(2):
        enter(portal, "AAA-AAA")
    resend(portal)
    assert len(deliver()) == 1
    assert "Too many wrong codes. Ask for a new code" in enter(portal, "AAA-AAA").content.decode()


def test_new_codes_end_too_and_then_the_sign_up_begins_anew(portal: SurfaceClient) -> None:
    start = timezone.now()
    for number in range(1, 6):
        with time_machine.travel(start + timedelta(minutes=number), tick=True):
            resend(portal)
    with time_machine.travel(start + timedelta(minutes=7), tick=True):
        assert len(deliver()) == 6
        assert "Send a new code" not in portal.get(PAGE, headers=ENGLISH).content.decode()
        assert "Cancel, and begin again" in use_up(portal).content.decode()
        assert portal.get(PAGE).status_code == 200, "nobody is thrown out"
        portal.post("/accounts/logout/")
        portal.post("/accounts/signup/", SIGN_UP)
        assert enter(portal, newest_code()).status_code == 302


def test_a_code_may_be_entered_for_half_an_hour(portal: SurfaceClient) -> None:
    code = newest_code()
    with time_machine.travel(timezone.now() + timedelta(minutes=29), tick=True):
        assert enter(portal, code).status_code == 302
    assert User.objects.filter(email=EMAIL).exists()


def test_another_address_of_an_account_is_confirmed_the_same_way(client_on: Any, settings: Any) -> None:
    settings.SESSION_COOKIE_AGE = 30 * 60
    user = a_user(email="other@example.am")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    signed_in = client_on("portal").sign_in(user)
    signed_in.post("/accounts/email/", {"email": EMAIL, "action_add": ""})
    old = newest_code()
    assert "Ask for a new code" in use_up(signed_in).content.decode()
    with time_machine.travel(timezone.now() + timedelta(seconds=30), tick=True):
        resend(signed_in)
        assert newest_code() != old
        assert enter(signed_in, newest_code()).status_code == 302
    assert EmailAddress.objects.filter(user=user, email=EMAIL, verified=True).exists()
