"""Public references: random, so that they are never guessed or counted, in letters that can be read aloud."""

import re
import secrets
from collections.abc import Sequence
from urllib.parse import parse_qs, unquote, urlsplit

from wpis.languages.signs import code_signs, without_invisible

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
_LEAD_IN = re.compile(
    r"^[\W_]*(?:(?:[№#]|n[°º]|(?:"
    r"(?:work\s+)?permit|number|reference|application|file|no|nr|num|ref|n|"
    r"разрешени[ея](?:\s+на\s+работу)?|разрешения|номер|ссылка|дело|заявлени[ея]|заявка|"
    r"(?:աշխատանքի\s+)?թույլտվությ(?:ուն|ան)(?:ը)?|համար(?:ը)?|հայտ(?:ը|ի)?|գործ(?:ը|ի)?"
    r")(?![^\W_]))[\W_]*)+",
    re.IGNORECASE,
)
"""What people write in front of a number: that it is one, and of what."""
_ADDRESS = re.compile(
    r"^[\W_]*(?:https?://|/\w|\?\w+=|[\w-]+(?:\.[\w-]+)+(?::\d+)?/|localhost)", re.IGNORECASE
)
_ASKED_FOR = ("number", "q", "reference")
"""Parameters of our own addresses that hold a number or a reference."""


def _meant(typed: str) -> str:
    """Without the words for "number" in front; of an address, what it asks for or its last part."""
    text = without_invisible(_one_space(typed)).strip()
    if _ADDRESS.match(text):
        text = _of_address(text)
    return _LEAD_IN.sub("", text)


def _of_address(text: str) -> str:
    try:
        address = urlsplit(text)
    except ValueError:  # brackets that are no IPv6 address
        return text
    asked = parse_qs(address.query)
    found = next((asked[name][0] for name in _ASKED_FOR if name in asked), "")
    return found or unquote(address.path).rstrip("/.,;:)>\"'»”").rpartition("/")[2]


def _one_space(text: str) -> str:
    return " ".join(text.split())


def _letters_of(signs: str) -> str:
    return signs.translate(str.maketrans("OIL", "011"))


def _times_x(element: int) -> int:
    doubled = element << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
