"""Fixtures that every test may use: clients that stand on one surface, with its URLs, cookie and database role."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from typing import Any

import hypothesis
import pytest
import time_machine
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.urls import clear_url_caches, set_urlconf
from django.utils import timezone, translation

from wpis.surfaces import ROLES

# How fast examples are drawn and run says something about the machine, nothing about the product.
hypothesis.settings.register_profile(
    "wpis", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("wpis")

COOKIES = {"portal": "wp_portal", "office": "wp_office", "protection": "wp_desk", "files": ""}


def let_database_follow() -> None:
    """Move the clock of the database to where a test has travelled: what a role writes is to happen now."""
    if time_machine.escape_hatch.is_travelling() and not settings.WPIS_DEMO:
        moved_by = timezone.now() - time_machine.escape_hatch.datetime.datetime.now(UTC)
        connection.ensure_connection()
        with (
            connection.connection.cursor() as cursor
        ):  # past Django: no test counts or compares this statement
            cursor.execute(
                "INSERT INTO wpis_clockoffset (id, moved_by) VALUES (1, %s) "
                "ON CONFLICT (id) DO UPDATE SET moved_by = excluded.moved_by",
                [moved_by],
            )


TOLD = ", ".join(
    f"wpis_{name}_told"
    for name in (
        "factor_added",
        "factor",
        "email",
        "email_changed",
        "email_added",
        "password",
        "address",
        "token",
    )
)
"""The triggers that ask at the end of a transaction whether the trail tells of a change of an account."""


def demand_events() -> None:
    """What a commit would ask: tests roll back instead. Past Django, so that no test counts the statement."""
    if connection.needs_rollback or not connection.in_atomic_block:
        return
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {TOLD} IMMEDIATE; SET CONSTRAINTS {TOLD} DEFERRED")


@contextmanager
def standing_on(surface: str) -> Iterator[None]:
    """Settings, addresses and database role of one surface, for the length of the block."""
    urlconf = f"wpis.urls.{surface}"
    with override_settings(
        WPIS_SURFACE=surface,
        ROOT_URLCONF=urlconf,
        SESSION_COOKIE_NAME=COOKIES[surface],
        STATICFILES_DIRS=settings.WPIS_STATIC[surface],
    ):
        clear_url_caches()
        set_urlconf(urlconf)
        let_database_follow()
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {ROLES[surface]}")
        try:
            yield
            demand_events()
        finally:
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("RESET ROLE")
            set_urlconf(None)
            clear_url_caches()


class SurfaceClient(Client):
    """Django's test client whose requests run on one surface, as that surface's database role."""

    def __init__(self, surface: str, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.surface = surface

    def request(self, **request: Any) -> Any:
        """Every request, also the ones that follow redirects, goes through here."""
        with standing_on(self.surface):
            return super().request(**request)

    def sign_in(self, user: Any, *, fresh: bool = True) -> "SurfaceClient":
        """Sign `user` in as the sign-in page would, second factor included; `fresh`: and prove it again just now."""
        with override_settings(WPIS_SURFACE=self.surface, SESSION_COOKIE_NAME=COOKIES[self.surface]):
            self.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            session = self.session
            session["second_factor"] = True
            if fresh:
                session[AUTHENTICATION_METHODS_SESSION_KEY] = [
                    {"method": "mfa", "at": time.time(), "reauthenticated": True}
                ]
                session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
            session.save()
        return self


@pytest.fixture
def portal(db: None) -> SurfaceClient:
    """A client on the portal."""
    return SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def office(db: None) -> SurfaceClient:
    """A client on the office."""
    return SurfaceClient("office", HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def protection(db: None) -> SurfaceClient:
    """A client on the protection desk."""
    return SurfaceClient("protection", HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def client_on(db: None) -> Callable[[str], SurfaceClient]:
    """Makes a client on any surface: `client_on("office")`."""
    return lambda surface: SurfaceClient(surface, HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Sentences are compared in the language they were written in."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def quiet_mail() -> Iterator[None]:
    """Letters go to Django's outbox in memory; cheap hashes keep sign-in fast."""
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield
    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Rows that other connections see; emptied afterwards, also the tables that nobody may empty in life."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            # Rows that migrations made, and that every test may count on.
            kept = {
                "django_migrations",
                "django_content_type",
                "auth_permission",
                "alerts_ruleset",
                "alerts_screeninglock",
            }
            tables = ", ".join(f'"{name}"' for (name,) in cursor.fetchall() if name not in kept)
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SET session_replication_role = replica")
                cursor.execute(f"TRUNCATE {tables}")
                cursor.execute("RESET session_replication_role")
            connection.close()
