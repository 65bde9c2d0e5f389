"""Months by name: what a person types instead of a number, in any language of the service."""

import unicodedata
from functools import cache

from babel import Locale
from django.conf import settings

SHORTEST = 3
"""Letters of a name that are enough, where they leave no choice: Mar, մար, мар."""


def month_of(text: str) -> int | None:
    """The month that a name, or the beginning of one, stands for; None when it is none or could be several."""
    typed = _folded(text)
    if typed in _names():
        return _names()[typed]
    begun = {month for name, month in _names().items() if len(typed) >= SHORTEST and name.startswith(typed)}
    return begun.pop() if len(begun) == 1 else None


@cache
def _names() -> dict[str, int]:
    """Name, in full and shortened, as it stands alone and in a date -> month."""
    found: dict[str, int] = {}
    for language, _name in settings.LANGUAGES:
        for forms in Locale.parse(language).months.values():
            for width in ("wide", "abbreviated"):
                found |= {_folded(name): month for month, name in forms[width].items()}
    return found


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().replace(".", "").split())
