"""The letters that a stack wrote into its mail directory, and the code in one of them."""

import email
import email.policy
import re
import time
from email.message import EmailMessage
from pathlib import Path

from wpis.development.embedded.demo.mailbox import SEPARATOR

CODE = re.compile(r"^\s*([0-9A-Z]{3,6}(?:-[0-9A-Z]{3,6})*)\s*$", re.MULTILINE)


def letters(directory: Path, to: str) -> list[str]:
    """The texts of all letters to one address, the oldest first."""
    files = sorted(directory.glob("*.log"), key=lambda path: path.stat().st_mtime)
    written = [part for file in files for part in file.read_text().split(f"\n{SEPARATOR}") if part.strip()]
    return [_text(message) for message in map(_message, written) if to in str(message["To"])]


def code_for(directory: Path, to: str, seconds: float = 30) -> str:
    """The code of the newest letter that has one; letters come through the outbox. Raises LookupError if none comes."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for text in reversed(letters(directory, to)):
            if found := CODE.search(text):
                return found.group(1)
        time.sleep(0.2)
    raise LookupError(f"No letter with a code came to {to} in {directory}")


def _message(written: str) -> EmailMessage:
    message = email.message_from_string(written.strip(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    return body.get_content() if body else ""
