"""Tells which answers of a part have changed since somebody read them, so that nobody overwrites another's unseen."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from permits.parts.declaration import Part

LENGTH = 16  # hexadecimal digits: enough to tell two values of one field apart


def fingerprint(value: Any) -> str:
    """A short mark of a stored value; equal values have equal marks, whatever type a form or a column gives them."""
    if isinstance(value, Decimal):
        value = format(value.normalize(), "f")
    if isinstance(value, list | tuple):
        value = "\n".join(map(str, value))
    kind = "none" if value is None else "text"
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()[:LENGTH]


def fingerprints(part: Part, row: Any) -> dict[str, str]:
    """The mark of every answer that the part keeps in a column of its own."""
    return {name: fingerprint(getattr(row, name)) for name in part.columns}


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
