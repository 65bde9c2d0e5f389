"""Public references: random, with a check letter, so that they can be read aloud and never be guessed or counted."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
LETTERS = {"WP": 12, "P": 13}
"""prefix -> random letters of 5 bits each. Anybody may look a permit up by its number, so a number has 65 bits, and
trying out finds nothing (promise P12); an application shows only to those who signed in and whose it is."""


def new(prefix: str) -> str:
    """A fresh reference such as WP-7K3M9QXD2FHA4; the last letter is the check letter and adds nothing to guess."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS[prefix]))
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
