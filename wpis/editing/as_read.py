"""Tells which values have changed since somebody read them, so that nobody overwrites another's unseen.

A page carries a mark of each value that it showed; the save compares them with what is stored now.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

LENGTH = 16  # hexadecimal digits: enough to tell two values of one field apart
FIELD = "as_read"
"""The hidden field of a form in which its page carries the marks."""


def fingerprint(value: Any) -> str:
    """A short mark of a stored value; equal values have equal marks, whatever type a form or a column gives them."""
    if isinstance(value, Decimal):
        value = format(value.normalize(), "f")
    if isinstance(value, list | tuple):
        value = "\n".join(map(str, value))
    kind = "none" if value is None else "text"
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()[:LENGTH]


def fingerprints(row: Any, names: Iterable[str]) -> dict[str, str]:
    """The mark of each of these values of a row."""
    return {name: fingerprint(getattr(row, name)) for name in names}


def overtaken(row: Any, values: Mapping[str, Any], as_read: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """(answers that only others changed since, answers that both changed, each to something else)."""
    theirs: list[str] = []
    both: list[str] = []
    for name, value in values.items():
        now = getattr(row, name)
        if name not in as_read or fingerprint(now) in (as_read[name], fingerprint(value)):
            continue
        (theirs if fingerprint(value) == as_read[name] else both).append(name)
    return theirs, both


def written(marks: Mapping[str, str]) -> str:
    """The marks as a page carries them."""
    return json.dumps(marks, separators=(",", ":"))


def sent_marks(data: Mapping[str, Any]) -> dict[str, str]:
    """The marks of the page that sent this; empty when it held none."""
    try:
        found = json.loads(data.get(FIELD, ""))
    except ValueError:
        return {}
    return {str(name): str(mark) for name, mark in found.items()} if isinstance(found, dict) else {}
