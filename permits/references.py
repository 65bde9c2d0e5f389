"""Public references: random, with a check letter, so that they can be read aloud and never be guessed or counted."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
LENGTH = 12
"""32 ** 12 = 2 ** 60 references; with the check letter a mistyped one is noticed."""


def new(prefix: str) -> str:
    """A fresh reference such as WP-7K3M9QXD2FHA4; the last letter is the check letter."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{prefix}-{body}{check_letter(body)}"


def check_letter(body: str) -> str:
    """The check letter of a reference body: its letters weighted 2, 3, 4 ... and summed modulo the prime 31."""
    total = sum(ALPHABET.index(letter) * weight for weight, letter in enumerate(body, start=2))
    return ALPHABET[total % 31]


def tidy(typed: str) -> str:
    """What a person typed, as the reference is stored: upper case, O as 0, I and L as 1, no spaces."""
    text = typed.strip().upper().replace(" ", "")
    prefix, dash, body = text.partition("-")
    return prefix + dash + body.replace("-", "").translate(str.maketrans("OIL", "011"))
