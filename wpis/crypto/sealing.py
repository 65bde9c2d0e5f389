"""Authenticated encryption bound to a location: AES-256-GCM with table, column and row as associated data."""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wpis.errors import UnreadableRecord

from .keys import field_keys

VERSION = 1
NONCE_BYTES = 12
TAG_BYTES = 16


class Tampered(UnreadableRecord):
    """The stored value is not what was sealed here: swapped, injected, cut, altered, or under a lost key."""


class UnknownKey(Tampered):
    """The value names a key that this installation does not hold."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A ciphertext as it lies in the database; its text form shows nothing of the content.

    Layout: version (1 byte) | length of kid (1 byte) | kid | nonce (12 bytes) | ciphertext and tag.
    """

    blob: bytes

    def __repr__(self) -> str:
        return f"<sealed, {len(self.blob)} bytes>"

    @property
    def kid(self) -> str:
        """The key this value is under. Raises Tampered when the header is not ours."""
        return self._header()[0]

    def _header(self) -> tuple[str, int]:
        """The kid and the length of the header."""
        if len(self.blob) < 2 or self.blob[0] != VERSION:
            raise Tampered("not a sealed value")
        end = 2 + self.blob[1]
        kid = self.blob[2:end]
        if len(self.blob) < end + NONCE_BYTES + TAG_BYTES or not kid.isascii():
            raise Tampered("a sealed value was cut short")
        return kid.decode("ascii"), end


def place(table: str, column: str, pk: object) -> str:
    """The name of the only place where a sealed value may be opened: table|column|pk."""
    return f"{table}|{column}|{pk}"


def header(kid: str) -> bytes:
    """How every value under the key `kid` begins."""
    return bytes((VERSION, len(kid))) + kid.encode("ascii")


def seal(plain: bytes, at: str) -> Sealed:
    """Seal `plain` to the place `at` under the current key."""
    keys = field_keys()
    start = header(keys.current)
    nonce = os.urandom(NONCE_BYTES)
    box = AESGCM(keys.by_kid[keys.current]).encrypt(nonce, plain, start + at.encode())
    return Sealed(start + nonce + box)


def unseal(sealed: Sealed, at: str) -> bytes:
    """The bytes sealed to the place `at`.

    Raises Tampered for anything else, UnknownKey when the key is not configured.
    """
    kid, end = sealed._header()
    key = field_keys().by_kid.get(kid)
    if key is None:
        raise UnknownKey(f"no field key is named {kid!r}")
    nonce, box = sealed.blob[end : end + NONCE_BYTES], sealed.blob[end + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, box, sealed.blob[:end] + at.encode())
    except InvalidTag:
        raise Tampered(f"the value at {at} was not sealed there") from None
