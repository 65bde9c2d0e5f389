"""What somebody searched for, as the trail keeps it: keyed digests of its words, never the words.

The key is that of the surface (`wpis.audit.digests`), so a copy of the database does not allow guessing names or
passport numbers. The auditor, whose process has the keys of all, enters a word and finds who searched for it.
"""

import hashlib
import hmac
import unicodedata

from django.conf import settings

from wpis.crypto.keys import digest_key, digest_keys

WORDS = 6
"""More words of one search are not kept: the first ones find it again."""

LENGTH = 32
"""Hexadecimal digits that are kept: 128 bits."""


def keyed(text: str) -> str:
    """The digest of a text under the key of this surface: equal for equal texts, and for nobody else to compute."""
    kid, key = digest_key(settings.WPIS_SURFACE)
    return _digest(kid, key, text)


def keyed_by_any(text: str) -> list[str]:
    """The digests that any surface can have written for this text, under each key that this process holds."""
    return [_digest(kid, key, text) for kid, key in digest_keys().items()]


def words_of(text: str) -> list[str]:
    """The words of a search in one spelling: letters and digits in upper case; several also as one, like a number."""
    words = [spelled for word in text.split() if (spelled := _spelled(word))][:WORDS]
    joined = _spelled(text)
    return list(dict.fromkeys([*words, joined] if len(words) > 1 else words))


def searched(text: str) -> list[str]:
    """What is kept of a search; empty when nothing was searched for."""
    return [keyed(word) for word in words_of(text)]


def _spelled(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).upper() if letter.isalnum())


def _digest(kid: str, key: bytes, text: str) -> str:
    said = hmac.digest(key, b"wpis.audit.searched|" + text.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return f"{kid}:{said.hex()[:LENGTH]}"
