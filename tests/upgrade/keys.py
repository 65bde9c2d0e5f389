"""The keys that a release fixture is made with: published test keys, worth nothing to anybody."""

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.test import override_settings

from wpis.crypto.new_keys import public_keys

WARNING = "Test keys of a release fixture. They are published here on purpose and protect nothing."
FIELD_KEYS = ("f1", "f2", "f3")
DIGESTING = ("portal", "office", "protection", "files", "owner")
PERMIT_KEYS = ("p1", "p2")


def _key(label: str) -> str:
    return base64.b64encode(hashlib.sha256(f"{WARNING} {label}".encode()).digest()).decode()


def all_keys() -> dict[str, Any]:
    """What `keys.json` holds: every key under its setting, the newest of a kind first."""
    permits = [{"kid": kid, "seed": _key(kid)} for kid in reversed(PERMIT_KEYS)]
    published: dict[str, str] = {}
    for key in permits:
        published |= json.loads(public_keys(json.dumps(key)))
    return {
        "warning": WARNING,
        "WPIS_SECRET_KEY": _key("secret"),
        "WPIS_FIELD_KEYS": {kid: _key(kid) for kid in reversed(FIELD_KEYS)},
        "WPIS_INDEX_KEY": _key("index"),
        "WPIS_DIGEST_KEYS": {f"{surface}-1": _key(f"digest {surface}") for surface in DIGESTING},
        "WPIS_PERMIT_KEY": permits[0],
        "WPIS_PERMIT_PUBLIC_KEYS": published,
    }


def as_environment(keys: dict[str, Any]) -> dict[str, str]:
    """The same as variables of the environment."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in keys.items()
        if name.startswith("WPIS_")
    }


def as_settings(keys: dict[str, Any]) -> dict[str, Any]:
    """The same as Django's settings."""
    return {
        "SECRET_KEY" if name == "WPIS_SECRET_KEY" else name: value
        for name, value in keys.items()
        if name.startswith("WPIS_")
    }


def read(folder: Path) -> dict[str, Any]:
    """The keys of one release fixture."""
    keys: dict[str, Any] = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
    return keys


@contextmanager
def of_the_past(*, field: str, permit: str) -> Iterator[None]:
    """The service as it was while `field` was the newest field key and `permit` the key that signed."""
    every = FIELD_KEYS[: FIELD_KEYS.index(field) + 1]
    with override_settings(
        WPIS_FIELD_KEYS={kid: _key(kid) for kid in reversed(every)},
        WPIS_PERMIT_KEY={"kid": permit, "seed": _key(permit)},
    ):
        yield
