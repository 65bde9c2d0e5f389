"""The home of the protection surface, and what its addresses say."""

import re

import pytest
from django.urls import resolve

from referral.urls import urlpatterns
from tests.factories.permits import a_user
from tests.referral.pages import url
from wpis.accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "desk"),
    [
        (Role.CASEWORKER, "/cases/"),
        (Role.PARTNER, "/items/"),
        (Role.AUDITOR, "/log/"),
        (Role.ANALYST, "/alerts/"),
    ],
)
def test_the_front_page_sends_everybody_to_their_own_desk(protection, role, desk):
    assert protection.sign_in(a_user(role)).get("/").headers["Location"] == desk


def test_no_address_of_the_desk_says_what_it_is_about():
    for pattern in urlpatterns:
        assert not re.search("traffick|victim|alert|risk|suspic", str(pattern.pattern))


def test_everybody_else_is_sent_to_sign_in(protection):
    assert resolve("/cases/", urlconf="wpis.urls.protection").url_name == "inbox"
    assert protection.get(url("inbox")).status_code == 302
