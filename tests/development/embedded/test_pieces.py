"""The small parts of the embedded package, each by itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wpis.development.embedded.demo.mailbox import newest
from wpis.development.embedded.environment import bootstrap
from wpis.development.embedded.environment.browser import browser, find_browser
from wpis.development.embedded.errors import CannotStart
from wpis.development.embedded.local import ROOT
from wpis.development.embedded.secrets import kept_secrets
from wpis.development.embedded.servers.databases import renamed

MAIL = """Content-Type: text/plain; charset="utf-8"
MIME-Version: 1.0
Content-Transfer-Encoding: 8bit
Subject: {subject}
From: a@example.am
To: b@example.am
Date: Sat, 21 Nov 2026 20:00:00 -0000

Code 123
{line}
"""


def program(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_a_browser_that_does_not_run_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WPIS_CHROMIUM", str(program(tmp_path / "stub", "echo install the snap; exit 1")))
    assert find_browser() is None


def test_without_any_way_to_a_browser_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WPIS_CHROMIUM", str(tmp_path / "absent"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(program(tmp_path / "python", "exit 7")))
    with pytest.raises(CannotStart, match=r"exit code 7(.|\n)*WPIS_CHROMIUM="):
        browser()


@pytest.mark.parametrize(
    ("url", "changed"),
    [
        ("postgresql://wpis@/wpis?host=/tmp/x", "postgresql://wpis_office@/other?host=/tmp/x"),
        ("postgresql://wpis:pw@db:5432/wpis", "postgresql://wpis_office@db:5432/other"),
        ("postgresql://db/wpis", "postgresql://wpis_office@db/other"),
    ],
)
def test_a_url_takes_another_role_and_database_and_never_the_password(url: str, changed: str) -> None:
    assert renamed(url, database="other", role="wpis_office") == changed


def test_the_newest_mail_is_shown_without_its_envelope(tmp_path: Path) -> None:
    both = "".join(MAIL.format(subject=subject, line="-" * 79) for subject in ("Old", "New"))
    (tmp_path / "1.log").write_text(both)
    shown = newest(tmp_path)
    assert "Subject: New" in shown
    assert "Code 123" in shown
    assert "Old" not in shown
    assert "MIME" not in shown


def test_no_mail_is_nothing(tmp_path: Path) -> None:
    assert newest(tmp_path) == ""


def test_secrets_stay_and_a_new_one_joins(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    first = kept_secrets(path)
    path.write_text('{"WPIS_SECRET_KEY": "kept"}')
    second = kept_secrets(path)
    assert second["WPIS_SECRET_KEY"] == "kept"
    assert second.keys() == first.keys()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("version", "fits"), [((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)]
)
def test_only_pythons_that_our_packages_exist_for(version: tuple[int, int], fits: bool) -> None:
    assert bootstrap.fits(version) is fits


def test_a_test_run_brings_its_servers_and_takes_them_away(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import os, psycopg2\n"
        "def test_it():\n"
        "    psycopg2.connect(os.environ['DATABASE_URL']).close()\n"
        "    print('HOST', os.environ['DATABASE_URL'].split('host=')[1])\n"
    )
    ours = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    config = str(ROOT / "pyproject.toml")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-c",
        config,
        "-q",
        "-s",
        str(tmp_path),
        "-p",
        "no:cacheprovider",
    ]
    result = subprocess.run(command, cwd=ROOT, env=ours, capture_output=True, text=True)
    assert "1 passed" in result.stdout, result.stdout + result.stderr
    assert not Path(result.stdout.split("HOST ")[1].split()[0]).parent.exists()
