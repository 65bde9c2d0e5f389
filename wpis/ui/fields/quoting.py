"""Quotes the signs that a field refuses, with the script of a letter that may look like another one."""

import unicodedata
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

QUOTED = 3
"""Refused signs that a message names."""

OTHER_LETTERS = {
    "LATIN": _("“%(sign)s” (a Latin letter)"),
    "CYRILLIC": _("“%(sign)s” (a Cyrillic letter)"),
    "GREEK": _("“%(sign)s” (a Greek letter)"),
    "ARMENIAN": _("“%(sign)s” (an Armenian letter)"),
}
"""Letters that may look like those that are asked: only their name tells them apart."""

CANNOT_BE_USED = _("%(ask)s. These cannot be used: %(signs)s")


def quoted(text: str, belongs: Callable[[str], bool]) -> str:
    """The signs of the text that do not belong, at most a few; empty when all do.

    Of the letters of another script, the first one stands for all.
    """
    strange = [sign for sign in text if not belongs(sign)]
    named = list({_script(sign) or sign: sign for sign in reversed(strange)}.values())[::-1]
    return ", ".join(map(_quoted, named[:QUOTED])) + (" …" if len(named) > QUOTED else "")


def script_of(letter: str) -> str:
    """The script by which Unicode names a letter, as in "CYRILLIC"; empty for every other sign."""
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""


def with_signs(message: object, signs: str) -> str:
    """What to do, and which signs are in the way."""
    return str(CANNOT_BE_USED) % {"ask": message, "signs": signs} if signs else str(message)


def _script(sign: str) -> str:
    script = script_of(sign)
    return script if script in OTHER_LETTERS else ""


def _quoted(sign: str) -> str:
    return str(OTHER_LETTERS.get(_script(sign), _("“%(sign)s”"))) % {"sign": sign}
