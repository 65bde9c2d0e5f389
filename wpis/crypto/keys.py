"""The keys of this installation, read from the settings and validated before the first use."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class FieldKeys:
    """The key that seals new values, and every key that can still open old ones."""

    current: str
    by_kid: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class PermitKey:
    """The signing key of permit codes, with its name."""

    kid: str
    private: Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class PermitPublicKey:
    """The public half of a key that signs or signed permits; `stolen_since`: from when on others may hold its seed."""

    public: Ed25519PublicKey
    stolen_since: datetime | None = None


def field_keys() -> FieldKeys:
    """`WPIS_FIELD_KEYS`: kid -> base64 of 32 bytes; the first one is current.

    Raises ImproperlyConfigured when the setting is absent, empty, or a key has the wrong form.
    """
    configured = _setting("WPIS_FIELD_KEYS")
    if not isinstance(configured, Mapping) or not configured:
        raise ImproperlyConfigured("WPIS_FIELD_KEYS must be a dict of kid -> base64 of 32 bytes, not empty.")
    return _field_keys(tuple(configured.items()))


def index_keys() -> tuple[bytes, ...]:
    """The roots of every blind index: `WPIS_INDEX_KEY`, and `WPIS_INDEX_KEY_FORMER` while the index is rebuilt.

    Each is base64 of 32 bytes; the first one is current. Raises ImproperlyConfigured.
    """
    current = _decoded("WPIS_INDEX_KEY", _setting("WPIS_INDEX_KEY"))
    former = settings.WPIS_INDEX_KEY_FORMER
    return (current, _decoded("WPIS_INDEX_KEY_FORMER", former)) if former else (current,)


def digest_keys() -> dict[str, bytes]:
    """`WPIS_DIGEST_KEYS`: <surface>-<name> -> base64 of 32 bytes; of a surface's keys the first one is current.

    A process has the keys of its own surface; who verifies has those of all. Raises ImproperlyConfigured.
    """
    configured = _setting("WPIS_DIGEST_KEYS")
    if not isinstance(configured, Mapping):
        raise ImproperlyConfigured(
            "WPIS_DIGEST_KEYS must be a dict of <surface>-<name> -> base64 of 32 bytes."
        )
    return _digest_keys(tuple(configured.items()))


def digest_key(surface: str) -> tuple[str, bytes]:
    """Name and key with which this surface digests what it records now. Raises ImproperlyConfigured."""
    for kid, key in digest_keys().items():
        if kid.startswith(f"{surface}-"):
            return kid, key
    raise ImproperlyConfigured(f"WPIS_DIGEST_KEYS holds no key of {surface}: name one {surface}-1.")


def permit_key() -> PermitKey:
    """`WPIS_PERMIT_KEY`: {"kid": name, "seed": base64 of an Ed25519 seed}; only the process that signs has it.

    Raises ImproperlyConfigured, also when its public half is not published under its name, for nobody could verify
    what it signs, and when it is marked as stolen.
    """
    configured = _setting("WPIS_PERMIT_KEY")
    if not isinstance(configured, Mapping) or set(configured) != {"kid", "seed"}:
        raise ImproperlyConfigured('WPIS_PERMIT_KEY must be {"kid": name, "seed": base64 of 32 bytes}.')
    kid = str(configured["kid"])
    _validate_kid("WPIS_PERMIT_KEY", kid)
    private = Ed25519PrivateKey.from_private_bytes(_decoded("WPIS_PERMIT_KEY", configured["seed"]))
    published = permit_public_keys().get(kid)
    if published is None or published.public != private.public_key():
        raise ImproperlyConfigured(
            f"WPIS_PERMIT_KEY: the public half of {kid} is not the one in WPIS_PERMIT_PUBLIC_KEYS."
        )
    if published.stolen_since is not None:
        raise ImproperlyConfigured(f"WPIS_PERMIT_KEY: {kid} is marked as stolen; sign with another key.")
    return PermitKey(kid, private)


def permit_public_keys() -> dict[str, PermitPublicKey]:
    """`WPIS_PERMIT_PUBLIC_KEYS`: kid -> base64 of 32 public bytes, the current key first, then the retired ones.

    It holds every key that signed a permit still in force. The half of a stolen seed stays on the list, with the word
    "stolen" and the moment since when: "<base64> stolen 2026-11-20T14:00+04:00". Raises ImproperlyConfigured.
    """
    configured = _setting("WPIS_PERMIT_PUBLIC_KEYS")
    if not isinstance(configured, Mapping):
        raise ImproperlyConfigured(
            "WPIS_PERMIT_PUBLIC_KEYS must be a dict of kid -> base64 of 32 public bytes."
        )
    for kid in configured:
        _validate_kid("WPIS_PERMIT_PUBLIC_KEYS", kid)
    found = {kid: _public_key(kid, str(value)) for kid, value in configured.items()}
    stolen = {key.public.public_bytes_raw() for key in found.values() if key.stolen_since is not None}
    for kid, key in found.items():
        if key.stolen_since is None and key.public.public_bytes_raw() in stolen:
            raise ImproperlyConfigured(f"WPIS_PERMIT_PUBLIC_KEYS: {kid} is a stolen key under another name.")
    return found


def _public_key(kid: str, value: str) -> PermitPublicKey:
    half, *mark = value.split() or [""]
    public = Ed25519PublicKey.from_public_bytes(_decoded("WPIS_PERMIT_PUBLIC_KEYS", half))
    if not mark:
        return PermitPublicKey(public)
    try:
        word, moment = mark
        since = datetime.fromisoformat(moment)
    except ValueError:
        word, since = "", None
    if word != "stolen" or since is None or since.tzinfo is None:
        raise ImproperlyConfigured(
            f'WPIS_PERMIT_PUBLIC_KEYS: {kid} must be base64, or base64 and "stolen 2026-11-20T14:00+04:00" behind it, '
            "with the time zone."
        )
    return PermitPublicKey(public, since)


@lru_cache(maxsize=8)
def _field_keys(items: tuple[tuple[str, str], ...]) -> FieldKeys:
    for kid, _ in items:
        _validate_kid("WPIS_FIELD_KEYS", kid)
    return FieldKeys(items[0][0], {kid: _decoded("WPIS_FIELD_KEYS", value) for kid, value in items})


@lru_cache(maxsize=8)
def _digest_keys(items: tuple[tuple[str, str], ...]) -> dict[str, bytes]:
    for kid, _ in items:
        _validate_kid("WPIS_DIGEST_KEYS", kid)
        if ":" in kid:
            raise ImproperlyConfigured("WPIS_DIGEST_KEYS: a kid has no colon.")
    return {kid: _decoded("WPIS_DIGEST_KEYS", value) for kid, value in items}


def _setting(name: str) -> Any:
    value = getattr(settings, name, None)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set; this installation has no key to work with.")
    return value


def _validate_kid(setting: str, kid: str) -> None:
    if not (isinstance(kid, str) and kid.isascii() and 1 <= len(kid) <= 64):
        raise ImproperlyConfigured(f"{setting}: a kid is 1 to 64 ASCII characters.")


def _decoded(setting: str, value: object) -> bytes:
    try:
        raw = base64.b64decode(str(value), validate=True)
    except (binascii.Error, ValueError):
        raise ImproperlyConfigured(f"{setting}: a key is not valid base64.") from None
    if len(raw) != KEY_BYTES:
        raise ImproperlyConfigured(f"{setting}: a key has {len(raw)} bytes, it must have {KEY_BYTES}.")
    return raw
