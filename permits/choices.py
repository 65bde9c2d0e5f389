"""Lists that forms offer: languages, occupations and countries, each from its standard."""

from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.core import get_global
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wpis.law.reading import Words
from wpis.strict_yaml import read_yaml

LANGUAGES = [
    ("hy", _("Armenian")),
    ("ru", _("Russian")),
    ("en", _("English")),
    ("hi", _("Hindi")),
    ("pa", _("Punjabi")),
    ("bn", _("Bengali")),
    ("ne", _("Nepali")),
    ("si", _("Sinhala")),
    ("ta", _("Tamil")),
    ("ml", _("Malayalam")),
    ("fa", _("Persian")),
    ("ar", _("Arabic")),
    ("zh", _("Chinese")),
    ("es", _("Spanish")),
    ("fil", _("Filipino")),
    ("ka", _("Georgian")),
    ("fr", _("French")),
]
"""Languages of workers and contracts (permit-process 7.8), by ISO 639 code."""


# Codes that ISO 3166-1 has withdrawn; CLDR still maps them to their successors.
_WITHDRAWN = frozenset(
    ("ANT", "BUR", "CSK", "DDR", "FXX", "NTZ", "PCZ", "ROM", "SCG", "SUN", "TMP", "VDR", "YMD", "YUG", "ZAR")
)


@lru_cache(maxsize=8)
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    names = Locale.parse(language).territories
    codes = {
        alpha3: alpha2[0]
        for alpha3, alpha2 in get_global("territory_aliases").items()
        if len(alpha3) == 3 and alpha3.isalpha() and len(alpha2) == 1 and alpha3 not in _WITHDRAWN
    }
    return tuple(
        sorted(((a3, names[a2]) for a3, a2 in codes.items() if a2 in names), key=lambda pair: pair[1])
    )


def countries() -> list[tuple[str, str]]:
    """(ISO 3166-1 alpha-3, name in the reader's language), by name; names from the Unicode CLDR."""
    return list(_countries((get_language() or "en").split("-")[0]))


def country_name(alpha3: str) -> str:
    """The country's name in the reader's language; the code itself when it is not a country."""
    return dict(countries()).get(alpha3, alpha3)


@lru_cache(maxsize=1)
def _occupations() -> dict[str, Words]:
    return read_yaml(Path(__file__).with_name("occupations.yaml"), dict[str, Words])


def occupations() -> list[tuple[str, str]]:
    """(ISCO-08 unit group, title in the reader's language), by code."""
    language = get_language() or ""
    return [(code, f"{title.in_language(language)} ({code})") for code, title in _occupations().items()]


def occupation_title(code: str, language: str | None = None) -> str:
    """Title of an ISCO-08 unit group in `language` (default: the reader's); the code when unknown."""
    title = _occupations().get(code)
    return title.in_language(language or get_language() or "") if title else code
