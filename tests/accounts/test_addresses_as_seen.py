"""The upgrade cleans addresses of accounts that were stored with signs that nobody sees."""

from importlib import import_module
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps

from tests.factories import permits as make
from wpis.accounts.models import User

pytestmark = pytest.mark.django_db


def upgrade() -> None:
    import_module("wpis.accounts.migrations.0011_addresses_as_seen").clean(apps, None)


def stored(email: str) -> User:
    """An account of the earlier release, with its address as it was typed."""
    user = make.a_user()
    User.objects.filter(pk=user.pk).update(email=email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def test_who_signed_in_with_an_invisible_sign_signs_in_without_it(portal: Any) -> None:
    user = stored("ani@example.am\u200b")
    upgrade()
    assert User.objects.get(pk=user.pk).email == "ani@example.am"
    assert EmailAddress.objects.get(user=user).email == "ani@example.am"
    for typed in ("ani@example.am", "ani@example.am\u200b"):
        answer = portal.post("/accounts/login/", {"login": typed, "password": make.PASSWORD})
        assert answer.status_code == 302, typed


def test_an_address_that_somebody_else_has_stays_as_it_is() -> None:
    first, second = stored("ani@example.am"), stored("ani@example.am\u200b")
    upgrade()
    assert User.objects.get(pk=first.pk).email == "ani@example.am"
    assert User.objects.get(pk=second.pk).email == "ani@example.am\u200b"
    assert EmailAddress.objects.get(user=second).email == "ani@example.am\u200b"


def test_an_address_in_letters_of_another_script_stays() -> None:
    user = stored("ani@պոստ.հայ")
    upgrade()
    assert User.objects.get(pk=user.pk).email == "ani@պոստ.հայ"
