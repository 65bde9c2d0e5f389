"""Guessing passwords: one account is closed for a while, its neighbours behind the same address are not."""

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.test import RequestFactory

from tests.factories.permits import PASSWORD, a_user

pytestmark = pytest.mark.django_db


def guess(email, password="wrong"):
    """One try from the one address that all tests come from."""
    request = RequestFactory().post("/accounts/login/", {"login": email, "password": password})
    return authenticate(request, email=email, password=password)


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


@pytest.mark.parametrize("surface", ["portal", "office", "protection"])
def test_somebody_locked_out_reads_our_words(client_on, surface):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        guess("ani@example.am")
    answer = client_on(surface).post("/accounts/login/", {"login": "ani@example.am", "password": PASSWORD})
    assert answer.status_code == 429
    assert "Wait 15 minutes, then try again" in answer.content.decode()
