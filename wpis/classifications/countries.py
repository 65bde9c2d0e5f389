"""Countries by their three-letter code: which exist is said by ISO 3166-1, their names by the Unicode CLDR."""

from functools import cache

from django_countries import countries as iso_3166

from wpis.classifications.cldr import successor, territory_names
from wpis.languages.reader import reader_language

BESIDE_ISO = {"XKK": "XK"}
"""Codes of no standard that passports need all the same: Kosovo, by the code that CLDR assigns."""


@cache
def _alpha2() -> dict[str, str]:
    return {iso_3166.alpha3(alpha2): alpha2 for alpha2 in iso_3166.countries} | BESIDE_ISO


def countries() -> list[tuple[str, str]]:
    """(ISO 3166-1 alpha-3, name in the reader's language), by name: what a form offers and the API takes."""
    return list(_by_name(reader_language()))


def country_name(alpha3: str) -> str:
    """The name in the reader's language, of codes out of use too; the code itself when it is no country."""
    return territory_names().get(_alpha2().get(alpha3) or successor(alpha3), alpha3)


@cache
def _by_name(language: str) -> tuple[tuple[str, str], ...]:
    names = territory_names()
    named = ((alpha3, names[alpha2]) for alpha3, alpha2 in _alpha2().items())
    return tuple(sorted(named, key=lambda pair: pair[1]))
