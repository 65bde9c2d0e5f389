"""Guessing passwords: one account is closed for a while, its neighbours behind the same address are not."""

import psycopg2
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import ProgrammingError, connection, transaction
from django.test import RequestFactory, override_settings

from tests.accounts.test_second_factor import SEED, code
from tests.conftest import standing_on
from tests.factories.permits import PASSWORD, a_user
from wpis.accounts.roles import Role
from wpis.surfaces import ROLES, breaches

pytestmark = pytest.mark.django_db

SURFACES = ["portal", "office", "protection"]
ROLE_ON = {"portal": Role.EMPLOYER, "office": Role.OFFICER, "protection": Role.ANALYST}


def guess(email, password="wrong", surface="portal", **headers):
    """One try from the one address that all tests come from."""
    request = RequestFactory().post("/accounts/login/", {"login": email, "password": password}, **headers)
    with standing_on(surface):
        return authenticate(request, email=email, password=password)


def names_seen():
    return list(AccessAttempt.objects.values_list("username", flat=True))


def test_an_office_behind_one_address_is_not_locked_out_as_one():
    guessed, neighbour = a_user(), a_user()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        assert guess(guessed.email) is None
    assert guess(guessed.email, PASSWORD) is None, "the right password waits too"
    assert guess(neighbour.email, PASSWORD) == neighbour


def test_another_spelling_of_the_address_is_the_same_account():
    guessed = a_user(email="ani@example.am")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        guess("ANI@example.am ")
    assert guess(guessed.email, PASSWORD) is None


@pytest.mark.parametrize("surface", SURFACES)
def test_somebody_locked_out_reads_our_words(client_on, surface):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        guess("ani@example.am", surface=surface)
    answer = client_on(surface).post("/accounts/login/", {"login": "ani@example.am", "password": PASSWORD})
    assert answer.status_code == 429
    assert "Wait 15 minutes, then try again" in answer.content.decode()


@pytest.mark.parametrize("surface", SURFACES)
def test_an_account_guessed_at_another_door_is_not_locked_out_at_its_own(surface):
    user = a_user(ROLE_ON[surface])
    for other in SURFACES:
        if other != surface:
            for _ in range(settings.AXES_FAILURE_LIMIT):
                guess(user.email, surface=other)
    assert guess(user.email, PASSWORD, surface=surface) == user


@pytest.mark.parametrize("surface", SURFACES)
def test_a_surface_sees_only_who_tried_at_its_own_door(surface, client_on):
    for door in SURFACES:
        client_on(door).post("/accounts/login/", {"login": f"{door}@example.am", "password": "wrong"})
    assert len(names_seen()) == 3, "the owner sees all, or the rest would prove nothing"
    with standing_on(surface):
        assert names_seen() == [f"{surface}:{surface}@example.am"]
        assert AccessAttempt.objects.filter(post_data__contains="example").count() == 1
        foreign = AccessAttempt.objects.exclude(username__startswith=f"{surface}:")
        assert (foreign.count(), foreign.update(failures_since_start=0), foreign.delete()[0]) == (0, 0, 0)


def test_a_surface_cannot_lock_somebody_out_at_another_door():
    with (
        standing_on("portal"),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        AccessAttempt.objects.create(username="office:ani@example.am", failures_since_start=99)


@pytest.mark.parametrize("table", ["axes_accesslog", "axes_accessfailurelog"])
@pytest.mark.parametrize("surface", SURFACES)
def test_the_library_s_other_lists_of_people_are_closed_to_all(surface, table, database_url):
    with (
        psycopg2.connect(database_url(ROLES[surface])) as raw,
        raw.cursor() as cursor,
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
    ):
        cursor.execute(f"SELECT count(*) FROM {table}")


def test_a_process_does_not_start_when_row_security_is_off():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE axes_accessattempt DISABLE ROW LEVEL SECURITY")
    with standing_on("office"):
        assert breaches() == ["row security is off on axes_accessattempt: run grant_surfaces"]


@pytest.mark.parametrize("surface", SURFACES)
def test_who_signs_in_starts_from_zero_again(surface, client_on):
    user, client = a_user(ROLE_ON[surface]), client_on(surface)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    TOTP.activate(user, SEED)
    client.post("/accounts/login/", {"login": user.email, "password": "wrong"})
    assert names_seen() == [f"{surface}:{user.email}"]
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert client.get("/accounts/2fa/").status_code in (200, 302)
    assert names_seen() == []


def test_a_forged_address_starts_no_new_count():
    guessed = a_user()
    for number in range(settings.AXES_FAILURE_LIMIT):
        guess(guessed.email, HTTP_X_FORWARDED_FOR=f"8.8.4.{number}")
    assert guess(guessed.email, PASSWORD, HTTP_X_FORWARDED_FOR="9.9.9.9") is None


def test_the_many_addresses_of_one_household_are_one():
    guessed = a_user()
    for number in range(settings.AXES_FAILURE_LIMIT):
        guess(guessed.email, REMOTE_ADDR=f"2001:db8:0:7::{number + 1}")
    assert guess(guessed.email, PASSWORD, REMOTE_ADDR="2001:db8:0:7:ffff::1") is None
    assert guess(guessed.email, PASSWORD, REMOTE_ADDR="2001:db8:0:8::1") == guessed
    assert guess("ani@example.am", REMOTE_ADDR="fe80::1%eth0") is None, "no column holds a zone"


def test_behind_our_proxy_the_address_that_it_saw_counts():
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        for number in range(3):
            guess("ani@example.am", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 198.51.100.7")
        guess("ani@example.am", HTTP_X_FORWARDED_FOR="10.0.0.9, 198.51.100.8")
    counted = AccessAttempt.objects.values_list("ip_address", "failures_since_start")
    assert sorted(counted) == [("198.51.100.7", 3), ("198.51.100.8", 1)]


def test_an_address_of_any_length_can_be_tried(client_on):
    answer = client_on("office").post(
        "/accounts/login/", {"login": f"{'a' * 240}@example.am", "password": "x"}
    )
    assert answer.status_code == 200
    assert guess("a" * 400) is None
