"""Reads the numbers that a search text can mean; none of them is looked for in plain text that is stored encrypted."""

from django.conf import settings

from permits import references
from wpis.languages.signs import code_signs
from wpis.references import all_mistyped, tidy

_SHORTEST_PASSPORT, _LONGEST_PASSPORT = 5, 20


def reference_starts(text: str) -> list[str]:
    """How the references that the text means begin: whole ones, or the beginning of one that has its prefix."""
    return references.readings(text, "WP")


def permit_numbers(text: str) -> list[str]:
    """The whole numbers of permits that the text means."""
    return references.readings(text, "P")


def passport_number(text: str) -> str:
    """The text as a passport number, to be asked of its keyed index; empty when it can be none.

    Empty too where this process holds no key of that index: then nothing is found by passport, and all else still is.
    """
    if not settings.WPIS_INDEX_KEY:
        return ""
    signs = code_signs(text)
    fits = _SHORTEST_PASSPORT <= len(signs) <= _LONGEST_PASSPORT and any(map(str.isdecimal, signs))
    return signs if fits else ""


def looks_mistyped(text: str) -> bool:
    """Whether the check letter says that a reference or number was copied wrong; tells nothing of what exists."""
    prefixed = tidy(text).partition("-")[0] in references.LETTERS
    if not prefixed and not any(map(str.isdecimal, text)):
        return False  # a long name
    return all_mistyped([*reference_starts(text), *permit_numbers(text)])
