"""Addresses of database, broker and mail server: all that is in them arrives, and no complaint repeats a password."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from kombu import Connection

from wpis.processes import environment, server_urls

PLACES = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
DATABASES: dict[str, tuple[tuple[str, str, str, str, str], dict[str, str]]] = {
    "postgresql:///wpis": (("wpis", "", "", "", ""), {}),
    "postgres://u:p@h/wpis": (("wpis", "u", "p", "h", ""), {}),
    "postgresql://u:p%40%2F%23w@h:5433/wpis": (("wpis", "u", "p@/#w", "h", "5433"), {}),
    "postgresql://u:p#w@h/wpis": (("wpis", "u", "p#w", "h", ""), {}),
    "postgresql://u@[::1]:5432/wpis": (("wpis", "u", "", "::1", "5432"), {}),
    "postgresql://u@/wpis?host=/run/postgresql&port=5433": (("wpis", "u", "", "/run/postgresql", "5433"), {}),
    "postgresql://u:p@h1:5432,h2:5433/wpis?target_session_attrs=read-write": (
        ("wpis", "u", "p", "h1,h2", "5432,5433"),
        {"target_session_attrs": "read-write"},
    ),
    "postgresql://u:p@h/wpis?sslmode=verify-full&sslrootcert=/ca.pem&sslcert=/c.pem&sslkey=/k.pem": (
        ("wpis", "u", "p", "h", ""),
        {"sslmode": "verify-full", "sslrootcert": "/ca.pem", "sslcert": "/c.pem", "sslkey": "/k.pem"},
    ),
    "postgresql://u@h/wpis?connect_timeout=3&application_name=mine&passfile=/pw": (
        ("wpis", "u", "", "h", ""),
        {"connect_timeout": "3", "application_name": "mine", "passfile": "/pw"},
    ),
    "postgresql:///?service=wpis": (("", "", "", "", ""), {"service": "wpis"}),
}
BAD_DATABASES = {
    "": "Set DATABASE_URL",
    "mysql://u:hunter2@h/wpis": "must begin with postgresql",
    "host=h password=hunter2": "must begin with postgresql",
    "postgresql://u:hunter2%zz@h/wpis": "cannot be read",
    "postgresql://u:hunter2@h/wpis?no_such=hunter2": "cannot be read",
    "postgresql://u:hunter2/x@h/wpis": "%2F",
    "postgresql://u:hunter2@h:99999/wpis": "port",
    "postgresql://u:hunter2@h": "names no database",
    "postgresql://u:hunter2@h/wpis?sslmode=verify_full": "sslmode must be one of",
}
BAD_BROKERS = {
    ("redis://:hunter2@h:x/0", ""): "cannot be read",
    ("rediss://:hunter2@h/0?ssl_cert_reqs=hunter2", ""): "cannot be read",
    ("amqp://u:hunter2@h//", ""): "must begin with one of",
    ("redis://:hunter2@h/0;redis://h2/0", ""): "only sentinels",
    ("redis://:hunter2@h/0", "wpis"): "WPIS_REDIS_MASTER is for sentinels",
    ("sentinel://:hunter2@h:26379;sentinel://h2:26379", ""): "WPIS_REDIS_MASTER",
}


@pytest.mark.parametrize("url", DATABASES)
def test_everything_in_the_address_of_the_database_reaches_the_driver(url: str) -> None:
    places, options = DATABASES[url]
    read: dict[str, Any] = server_urls.database(url, "portal")
    assert tuple(read[name] for name in PLACES) == places
    own = {"application_name": "wpis-portal", "options": "-c lock_timeout=5s"}
    assert read["OPTIONS"] == own | options


@pytest.mark.parametrize("url", BAD_DATABASES)
def test_a_bad_address_of_the_database_is_named_and_its_password_is_not(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as told:
        server_urls.database(url, "portal")
    assert BAD_DATABASES[url] in str(told.value)
    assert "hunter2" not in str(told.value)
    assert told.value.__context__ is None or told.value.__suppress_context__


def limits_on_the_server(url: str, surface: str) -> list[str]:
    read: dict[str, Any] = server_urls.database(url, surface)
    with psycopg2.connect(os.environ["DATABASE_URL"], options=read["OPTIONS"]["options"]) as connection:
        cursor = connection.cursor()
        cursor.execute(
            """SELECT current_setting('lock_timeout'), current_setting('statement_timeout'),
                      current_setting('idle_in_transaction_session_timeout')"""
        )
        (found,) = cursor.fetchall()
    connection.close()
    return list(found)


def test_the_owner_has_limits_that_the_address_can_lift() -> None:
    url = "postgresql:///wpis"
    assert limits_on_the_server(url, "owner") == ["5s", "1h", "15min"]
    lifted = f"{url}?options=-c%20statement_timeout%3D0"
    assert limits_on_the_server(lifted, "owner") == ["5s", "0", "15min"]


@pytest.mark.parametrize("surface", ["portal", "office", "protection"])
def test_the_limits_of_a_surface_stand_with_its_role_and_not_twice(surface: str) -> None:
    read: dict[str, Any] = server_urls.database("postgresql:///wpis", surface)
    assert "statement_timeout" not in read["OPTIONS"]["options"]


@pytest.mark.parametrize("url", ["", "redis://:p@h:6379/0", "rediss://h/0", "redis+socket:///run/v.sock"])
def test_one_broker_needs_no_more_than_its_address(url: str) -> None:
    assert server_urls.broker(url, master="", sentinel_password="") == {}


def test_sentinels_are_asked_for_the_master_they_watch() -> None:
    url = "sentinel://:p@h1:26379/2;sentinel://h2:26380"
    options = server_urls.broker(url, master="wpis", sentinel_password="s")
    assert options == {"master_name": "wpis", "sentinel_kwargs": {"password": "s"}}
    assert server_urls.broker(url, master="wpis", sentinel_password="") == {"master_name": "wpis"}
    kombu = Connection(url, transport_options=options)
    assert (kombu.transport_cls, kombu.password, kombu.virtual_host) == ("sentinel", "p", "2")
    assert len(kombu.alt) == 2


@pytest.mark.parametrize("given", BAD_BROKERS)
def test_a_bad_address_of_the_broker_is_named_and_its_password_is_not(given: tuple[str, str]) -> None:
    url, master = given
    with pytest.raises(ImproperlyConfigured, match="REDIS_") as told:
        server_urls.broker(url, master=master, sentinel_password="")
    assert BAD_BROKERS[given] in str(told.value)
    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize(
    ("value", "host", "password", "expected"),
    [
        ("", "mail", "", (False, False)),
        ("", "localhost", "hunter2", (False, False)),
        ("starttls", "mail", "hunter2", (True, False)),
        ("tls", "mail", "hunter2", (False, True)),
    ],
)
def test_mail_goes_out_encrypted_as_said(
    value: str, host: str, password: str, expected: tuple[bool, bool]
) -> None:
    user = "u" if password else ""
    assert server_urls.mail_encryption(value, host=host, user=user, password=password) == expected


@pytest.mark.parametrize(
    ("value", "user", "password", "named"),
    [
        ("ssl", "u", "hunter2", "WPIS_EMAIL_TLS"),
        ("tls", "", "hunter2", "WPIS_EMAIL_USER"),
        ("tls", "u", "", "WPIS_EMAIL_PASSWORD"),
        ("", "u", "hunter2", "in the clear"),
    ],
)
def test_a_mail_password_never_goes_out_in_the_clear(
    value: str, user: str, password: str, named: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=named) as told:
        server_urls.mail_encryption(value, host="mail", user=user, password=password)
    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize("good", ["a@b.am", "Work permits <no-reply@mlsa.am>", "Ծառայություն <a@b.am>"])
def test_a_sender_is_an_address(good: str) -> None:
    assert server_urls.sender(good) == good


@pytest.mark.parametrize("bad", ["", "nobody", "Name <nobody>", "a@b.am\nBcc: c@d.am"])
def test_what_is_no_address_sends_no_letters(bad: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="WPIS_EMAIL_FROM"):
        server_urls.sender(bad)


def test_a_secret_comes_from_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    held = tmp_path / "secret"
    held.write_text("hunter2\n")
    monkeypatch.setenv("WPIS_INVENTED_FILE", str(held))
    assert environment.secret("WPIS_INVENTED") == "hunter2"
    monkeypatch.setenv("WPIS_INVENTED", "")
    assert environment.secret("WPIS_INVENTED") == "hunter2"
    monkeypatch.setenv("WPIS_INVENTED", "hunter3")
    with pytest.raises(ImproperlyConfigured, match="not both"):
        environment.secret("WPIS_INVENTED")
    monkeypatch.delenv("WPIS_INVENTED")
    monkeypatch.setenv("WPIS_INVENTED_FILE", str(tmp_path / "gone"))
    with pytest.raises(ImproperlyConfigured, match="WPIS_INVENTED_FILE"):
        environment.secret("WPIS_INVENTED")


@pytest.mark.parametrize("bad", ["hunter2", '["hunter2"]', '{"k1": 2}', '{"k1": "hunter2"'])
def test_keys_that_are_no_names_and_strings_are_refused_unread(
    monkeypatch: pytest.MonkeyPatch, bad: str
) -> None:
    monkeypatch.setenv("WPIS_INVENTED", bad)
    with pytest.raises(ImproperlyConfigured, match="WPIS_INVENTED must be a JSON object") as told:
        environment.secret_names("WPIS_INVENTED")
    assert "hunter2" not in str(told.value)
    assert told.value.__context__ is None or told.value.__suppress_context__


def loaded(expression: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """What the settings of a fresh process make of these variables."""
    given = {"WPIS_SECRET_KEY": "unused", "DATABASE_URL": "postgresql:///unused"} | variables
    return subprocess.run(
        [sys.executable, "-c", f"import wpis.settings as s; print({expression})"],
        cwd=settings.BASE_DIR, env=given, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_the_settings_hold_what_the_variables_say(tmp_path: Path) -> None:
    held = tmp_path / "secret"
    held.write_text("of the file\n")
    shown = loaded(
        "[s.SECRET_KEY, s.SECRET_KEY_FALLBACKS, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_TLS,"
        " s.EMAIL_USE_SSL, s.DEFAULT_FROM_EMAIL, s.CELERY_BROKER_TRANSPORT_OPTIONS['master_name'],"
        " s.CELERY_BROKER_TRANSPORT_OPTIONS['sentinel_kwargs'], s.DATABASES['default']['OPTIONS']['sslmode']]",
        WPIS_SECRET_KEY="",
        WPIS_SECRET_KEY_FILE=str(held),
        WPIS_SECRET_KEY_FALLBACKS="old,older",
        WPIS_EMAIL_HOST="mail",
        WPIS_EMAIL_USER="u",
        WPIS_EMAIL_PASSWORD="p",
        WPIS_EMAIL_TLS="tls",
        WPIS_EMAIL_FROM="a@b.am",
        REDIS_URL="sentinel://h:26379",
        WPIS_REDIS_MASTER="wpis",
        WPIS_REDIS_SENTINEL_PASSWORD="s",
        DATABASE_URL="postgresql://h/wpis?sslmode=verify-full",
    )
    expected = ["of the file", ["old", "older"], "u", "p", False, True, "a@b.am", "wpis", {"password": "s"}]
    assert shown.stdout.strip() == str([*expected, "verify-full"]), shown.stderr


@pytest.mark.parametrize(
    "variables",
    [
        {"DATABASE_URL": "postgresql://u:hunter2%zz@h/wpis"},
        {"REDIS_URL": "redis://:hunter2@h:x/0"},
        {"WPIS_FIELD_KEYS": '{"k1": "hunter2"'},
        {"WPIS_EMAIL_PASSWORD": "hunter2"},
        {"WPIS_PROXIES": "hunter2"},
        {"WPIS_WAITING_SECONDS": "hunter2"},
        {"WPIS_LOG_LEVEL": "hunter2"},
    ],
)
def test_a_process_with_a_bad_variable_ends_with_its_name_and_without_its_value(
    variables: dict[str, str],
) -> None:
    shown = loaded("1", **variables)
    assert shown.returncode == 1
    assert "ImproperlyConfigured" in shown.stderr
    assert next(iter(variables)) in shown.stderr.splitlines()[-1]
    assert "hunter2" not in shown.stderr
