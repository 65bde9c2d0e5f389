"""Sets what the code of today says beside what a release expected; more than was expected is no difference."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def read_json(path: Path) -> dict[str, Any]:
    """A JSON file."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def differences(expected: Any, found: Any, place: str = "") -> Iterator[str]:
    """Where `found` lacks something that was expected or says something else.

    New names may join, as new fields do; values, and the number and order of entries of a list, may not change.
    """
    if isinstance(expected, dict) and isinstance(found, dict):
        for name, value in expected.items():
            inside = f"{place}.{name}" if place else name
            if name in found:
                yield from differences(value, found[name], inside)
            else:
                yield f"{inside} is gone"
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, (value, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(value, other, f"{place}[{number}]")
    elif expected != found or type(expected) is not type(found):
        yield f"{place}: expected {expected!r}, found {found!r}"
