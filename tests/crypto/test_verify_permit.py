"""The command that checks a permit code: its words, its exit code, and that it needs no network."""

import base64
import io
import json
import socket
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from wpis.crypto.new_keys import public_keys as public_keys_of
from wpis.crypto.permit_codes import PermitClaims, issue, public_keys


@pytest.fixture(autouse=True)
def offline(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LANGUAGE_CODE = "en"
    settings.WPIS_PERMIT_KEY = {"kid": "p1", "seed": base64.b64encode(b"p" * 32).decode()}
    settings.WPIS_PERMIT_PUBLIC_KEYS = json.loads(public_keys_of(json.dumps(settings.WPIS_PERMIT_KEY)))

    def no_network(*args: object) -> None:
        raise AssertionError("the check used the network or the database")

    monkeypatch.setattr(socket.socket, "connect", no_network)


def code(start: int = -10, end: int = 10) -> str:
    today: date = timezone.localdate()
    return issue(
        PermitClaims(
            number="WP-2027-000123",
            name="R*** S***",
            employer="«Արարատ» ՍՊԸ",
            occupation="Mason",
            marz="Ararat",
            valid_from=today + timedelta(days=start),
            valid_until=today + timedelta(days=end),
            issuer="Migration and Citizenship Service",
        )
    )


def changed(genuine: str, at: int) -> str:
    """The code with one letter replaced."""
    other = "A" if genuine[at] != "A" else "B"
    return "".join((genuine[:at], other, genuine[at:][1:]))


def answer(*args: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("verify_permit", *args, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_a_valid_permit_is_told_in_words() -> None:
    status, said = answer(code())
    assert (status, said.splitlines()[0]) == (0, "VALID. The permit is genuine and in force.")
    assert "Employer: «Արարատ» ՍՊԸ" in said
    assert "revoked" in said


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: code(end=-1), "has expired"),
        (lambda: code(start=1), "not valid yet"),
        (lambda: changed(code(), -9), "changed"),
        (lambda: "WP1:NONSENSE", "not a permit code"),
        (lambda: "hello", "not a permit code"),
    ],
    ids=["expired", "early", "changed", "nonsense", "other"],
)
def test_an_invalid_permit_is_told_with_its_reason(wrong: Any, words: str) -> None:
    status, said = answer(wrong())
    assert status == 1
    assert said.startswith("NOT VALID. ")
    assert words in said.splitlines()[0]


def test_an_expired_permit_shows_whose_it_was_and_a_forged_one_does_not() -> None:
    assert "R*** S***" in answer(code(end=-1))[1]
    genuine = code()
    forged = changed(genuine, len(genuine) // 2)
    status, said = answer(forged)
    assert (status, "Permit:" in said) == (1, False)


def test_the_code_comes_from_a_file_or_from_standard_input_wrapped_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrapped = "\n".join(code()[n : n + 60] for n in range(0, len(code()), 60)) + "\n"
    file = tmp_path / "code.txt"
    file.write_text(wrapped)
    assert answer("--file", str(file))[0] == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO(wrapped))
    assert answer()[0] == 0


def test_nothing_to_check_is_an_error_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(" \n"))
    for args in ((), ("--file", str(tmp_path / "absent")), (code(), "--keys", str(tmp_path / "absent"))):
        with pytest.raises(CommandError) as caught:
            answer(*args)
        assert caught.value.returncode == 2


def test_the_published_list_is_enough_to_check(tmp_path: Path, settings: Any) -> None:
    genuine, keys = code(), tmp_path / "keys.json"
    settings_list, jwk_set = public_keys(), {"keys": public_keys()}
    settings.WPIS_PERMIT_KEY = {}  # an inspector's machine holds no secret
    for published in (settings_list, jwk_set):
        keys.write_text(json.dumps(published))
        assert answer(genuine, "--keys", str(keys))[0] == 0
    keys.write_text("[]")
    assert answer(genuine, "--keys", str(keys))[0] == 1


def test_the_public_keys_of_the_settings_are_enough_too(settings: Any) -> None:
    genuine = code()
    settings.WPIS_PERMIT_KEY = {}
    assert answer(genuine)[0] == 0
    settings.WPIS_PERMIT_PUBLIC_KEYS = {"p1": base64.b64encode(b"q" * 32).decode()}
    assert answer(genuine)[0] == 1


def test_another_moment_can_be_asked_about() -> None:
    later = (timezone.localdate() + timedelta(days=11)).isoformat()
    assert answer(code(), "--at", later)[0] == 1
