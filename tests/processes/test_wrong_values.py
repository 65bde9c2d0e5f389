"""A variable that cannot mean what it says stops the process at its start, by name and without its value.

What is taken instead is guessed at or found out later: letters that never go out, forms that are all refused, files of
which a scanner that does not exist gives no verdict.
"""

import os
import runpy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from wpis.documents.checking.scanner import Clamd, ScannerDown
from wpis.processes import server_urls

STARTS = {
    "WPIS_SECRET_KEY": "unused",
    "DATABASE_URL": "postgresql:///unused",
    "REDIS_URL": "redis://unused",
    "PATH": os.environ["PATH"],
}
AN_EMPTY_FILE = os.devnull
WRONG = [
    ("WPIS_SECURE", {"WPIS_SECURE": "true"}),
    ("WPIS_DEMO", {"WPIS_DEMO": "yes"}),
    ("WPIS_PASSKEY_ONLY", {"WPIS_PASSKEY_ONLY": "on"}),
    ("WPIS_PROXIES", {"WPIS_PROXIES": "-1"}),
    ("WPIS_CHECK_REQUESTS", {"WPIS_CHECK_REQUESTS": "0"}),
    ("WPIS_HOSTS", {"WPIS_HOSTS": "https://hunter2.am"}),
    ("WPIS_HOSTS", {"WPIS_HOSTS": "*", "WPIS_SECURE": "1"}),
    ("WPIS_ORIGINS", {"WPIS_ORIGINS": "hunter2.am"}),
    ("WPIS_ORIGINS", {"WPIS_ORIGINS": "https://hunter2.am/portal"}),
    ("WPIS_ORIGINS", {"WPIS_ORIGINS": "http://hunter2.am", "WPIS_SECURE": "1"}),
    ("WPIS_PORTAL_URL", {"WPIS_PORTAL_URL": "hunter2.am"}),
    ("WPIS_OFFICE_URL", {"WPIS_OFFICE_URL": "https://hunter2.am:x"}),
    ("WPIS_PROTECTION_URL", {"WPIS_PROTECTION_URL": ""}),
    ("WPIS_PORTAL_URL", {"WPIS_PORTAL_URL": "http://hunter2.am", "WPIS_SECURE": "1"}),
    ("WPIS_EMAIL_HOST", {"WPIS_EMAIL_HOST": "hunter2.am:587"}),
    ("WPIS_EMAIL_HOST", {"WPIS_EMAIL_HOST": ""}),
    ("WPIS_EMAIL_PORT", {"WPIS_EMAIL_PORT": "0"}),
    ("WPIS_EMAIL_PORT", {"WPIS_EMAIL_PORT": "65536"}),
    ("WPIS_EMAIL_CA_FILE", {"WPIS_EMAIL_CA_FILE": "/hunter2.pem", "WPIS_EMAIL_TLS": "tls"}),
    ("WPIS_EMAIL_CA_FILE", {"WPIS_EMAIL_CA_FILE": AN_EMPTY_FILE, "WPIS_EMAIL_TLS": "tls"}),
    ("WPIS_CLAMD", {"WPIS_CLAMD": "hunter2"}),
    ("WPIS_CLAMD", {"WPIS_CLAMD": "hunter2:x"}),
    ("WPIS_CLAMD", {"WPIS_CLAMD": "tcp://hunter2:3310"}),
    ("WPIS_CLAMD", {"WPIS_CLAMD": "unix:"}),
    ("REDIS_URL", {"REDIS_URL": "", "WPIS_SURFACE": "portal"}),
    ("REDIS_URL", {"REDIS_URL": "redis://:hunter2@h/zero"}),
    ("REDIS_URL", {"REDIS_URL": "sentinel://:hunter2@h:1;redis://h2", "WPIS_REDIS_MASTER": "wpis"}),
    ("REDIS_URL", {"REDIS_URL": "rediss://:hunter2@h/0?ssl_cert_reqs=required&ssl_ca_certs=/gone"}),
    ("WPIS_REDIS_SENTINEL_PASSWORD", {"WPIS_REDIS_SENTINEL_PASSWORD": "hunter2"}),
    (
        "WPIS_REDIS_CA_FILE",
        {
            "REDIS_URL": "sentinel://h:1",
            "WPIS_REDIS_MASTER": "wpis",
            "WPIS_REDIS_CA_FILE": AN_EMPTY_FILE,
        },
    ),
]


def settings_of(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    """What a process with these variables and no others would be set to."""
    for name in os.environ:
        monkeypatch.delenv(name)
    for name, value in (STARTS | variables).items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(Path(settings.BASE_DIR) / "wpis" / "settings.py"))


@pytest.mark.parametrize(("name", "variables"), WRONG, ids=lambda value: str(value))
def test_it_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, variables: dict[str, str]
) -> None:
    with pytest.raises(ImproperlyConfigured) as told:
        settings_of(monkeypatch, **variables)
    assert name in str(told.value)
    assert "hunter2" not in str(told.value)
    assert told.value.__context__ is None or told.value.__suppress_context__


def test_a_certificate_of_the_mail_server_without_tls_verifies_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ImproperlyConfigured, match="WPIS_EMAIL_CA_FILE verifies nothing without TLS"):
        server_urls.mail_encryption("", host="mail", user="", password="", ca_file="/ca.pem")


def test_spaces_and_slashes_at_the_end_are_no_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = settings_of(
        monkeypatch,
        WPIS_SECURE="1",
        WPIS_SURFACE="office",
        WPIS_HOSTS="office.example.am, localhost",
        WPIS_ORIGINS="https://office.example.am/",
        WPIS_PORTAL_URL="https://permits.example.am/",
        WPIS_SECRET_KEY_FALLBACKS="old, older",
        WPIS_CLAMD="scanner.example.am:3310",
    )
    assert shown["ALLOWED_HOSTS"] == ["office.example.am", "localhost"]
    assert shown["CSRF_TRUSTED_ORIGINS"] == ["https://office.example.am"]
    assert shown["WPIS_PORTAL_URL"] == "https://permits.example.am"
    assert shown["SECRET_KEY_FALLBACKS"] == ["old", "older"]


@pytest.mark.parametrize("address", ["scanner:3310", "[::1]:3310", "unix:/run/clamd.sock", ""])
def test_every_form_of_the_scanner_s_address_is_read(address: str) -> None:
    assert server_urls.scanner(address) == address


def test_a_scanner_is_asked_at_its_address_of_version_6(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def create_connection(place: tuple[str, int], timeout: float) -> Any:
        asked.append(place)
        raise OSError

    monkeypatch.setattr("socket.create_connection", create_connection)
    with pytest.raises(ScannerDown):
        Clamd("[::1]:3310").scan(b"")
    assert asked == [("::1", 3310)]
