"""The one-time codes that an authenticator app shows (RFC 6238: SHA-1, 6 digits, 30 seconds)."""

import base64
import hashlib
import hmac
import struct
import time

PERIOD, DIGITS = 30, 6
SPARE = 6  # seconds that a code must still be good for: typing and a busy machine take time


def code(secret: str, at: float) -> str:
    """The code of a base32 `secret` at a moment in seconds since 1970."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    digest = hmac.new(key, struct.pack(">Q", int(at) // PERIOD), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


_given: dict[str, str] = {}


def fresh_code(secret: str) -> str:
    """The code of this moment; waits for the next one when this one is about to end, or was given out before."""
    left = PERIOD - time.time() % PERIOD
    if left < SPARE or _given.get(secret) == code(secret, time.time()):
        time.sleep(left + 0.1)
    _given[secret] = code(secret, time.time())
    return _given[secret]
