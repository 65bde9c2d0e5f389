"""Public references: random, so that they are never guessed or counted, in letters that can be read aloud."""

import re
import secrets
from collections.abc import Sequence

from wpis.languages.signs import code_signs

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
SHORTEST = 10
"""What is shorter is not a whole reference: somebody is still typing, or searches by its beginning."""


def new(prefix: str, letters: int, *, checked: bool = False, block: int = 0) -> str:
    """A fresh reference of so many random letters, 5 bits each, behind its prefix: C-7K3M9QXD2F.

    A checked one ends in a check letter, which adds nothing to guess; `block` puts a hyphen after so many letters.
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(letters))
    body += check_letter(body) if checked else ""
    blocks = [body[start : start + block] for start in range(0, len(body), block)] if block else [body]
    return "-".join([prefix, *blocks])


def check_letter(body: str) -> str:
    """The check letter of a reference body: shows every single wrong letter and every two letters changed round.

    Letters are elements of the field of 32 (polynomials over 0 and 1 modulo x^5 + x^2 + 1); the body's, weighted
    with the powers of x, add up to the check letter. Holds for bodies of up to 30 letters.
    """
    total = 0
    for letter in body:
        total = _times_x(total ^ ALPHABET.index(letter))
    return ALPHABET[total]


def mistyped(reference: str) -> bool:
    """Whether its own check letter says that a tidied reference was copied wrong; only of one that was not found.

    Numbers from before this check letter were drawn with another one: look a reference up first, then ask.
    """
    body = reference.partition("-")[2]
    return len(body) >= SHORTEST and set(body) <= set(ALPHABET) and check_letter(body[:-1]) != body[-1]


def all_mistyped(readings: Sequence[str]) -> bool:
    """Whether what was typed can only be a slip: there is something to read, and no reading of it is right."""
    return bool(readings) and all(map(mistyped, readings))


def tidy(typed: str) -> str:
    """What a person typed, as the reference is stored: what stands before the first dash is the prefix.

    Dashes of every kind are one, dots and spaces are none, O is 0, I and L are 1, and a letter of another script
    that looks like a Latin one is that letter.
    """
    prefix, dash, body = _DASH.sub("-", _meant(typed)).partition("-")
    prefix = code_signs(prefix)
    return f"{prefix}-{_letters_of(code_signs(body))}" if dash and prefix else prefix


def readings(typed: str, prefix: str, length: int) -> list[str]:
    """The references with this prefix that may be meant, the likeliest first: also one typed without prefix or dash.

    `length` is that of the body, check letter included: what else is no whole reference can only begin with the prefix.
    """
    signs = code_signs(_meant(typed))
    bodies = [signs.removeprefix(prefix)] if signs.startswith(prefix) and signs != prefix else []
    if len(signs) == length:
        bodies.append(signs)
    found = list(dict.fromkeys(f"{prefix}-{_letters_of(body)}" for body in bodies))
    return sorted(found, key=lambda one: (len(one) != len(prefix) + 1 + length, mistyped(one)))


_DASH = re.compile(r"[\-‐-―−֊﹘﹣－ー_]")
_NUMBER_SIGN = re.compile(r"^\s*(?:№|#|no\.|nr\.)\s*", re.IGNORECASE)


def _meant(typed: str) -> str:
    """Without a sign for "number" in front, and of an address with a reference at its end the end alone."""
    text = typed.strip()
    if "://" in text:
        text = text.split("?")[0].rstrip("/").rpartition("/")[2]
    return _NUMBER_SIGN.sub("", text)


def _letters_of(signs: str) -> str:
    return signs.translate(str.maketrans("OIL", "011"))


def _times_x(element: int) -> int:
    doubled = element << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
