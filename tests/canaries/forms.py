"""The forms in which a text may be found again: as it is, escaped, URL-encoded, in base64."""

import base64
import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus


def forms(text: str) -> Iterator[bytes]:
    """Every form of one canary."""
    plain = text.encode()
    yield plain
    yield plain.hex().encode()
    yield json.dumps(text)[1:-1].encode()
    for encoded in (quote(text, safe=""), quote(text), quote_plus(text)):
        yield encoded.encode()
        yield encoded.lower().encode()
    yield from _in_base64(plain)


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """Wherever it stands in the encoded text: the part that its neighbours do not change, for each of three places."""
    for before in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            whole = encode(b"\0" * before + plain)
            first = -(-before * 4 // 3)
            last = (before + len(plain)) // 3 * 4
            if last - first >= 8:
                yield whole[first:last]


def found(canaries: Iterable[str], text: bytes) -> list[str]:
    """The canaries of which any form stands in this text."""
    return [canary for canary in canaries if any(form in text for form in set(forms(canary)))]
