"""Countries by their three-letter code: which exist is said by ISO 3166-1, their names by the Unicode CLDR.

Passports print codes of no country, too (ICAO Doc 9303-3, section 5): of people without a citizenship, and other
codes of a country. The former are citizenships, the latter are read as the country.
"""

from functools import cache
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _
from django_countries import countries as iso_3166

from wpis.classifications.cldr import successor, territory_names
from wpis.languages.reader import reader_language

HOME = "ARM"

BESIDE_ISO = {"XKK": "XK"}
"""Codes of no standard that passports need all the same: Kosovo, by the code that CLDR assigns."""

WITHOUT_CITIZENSHIP = MappingProxyType(
    {
        "XXA": _("Stateless person (XXA)"),
        "XXB": _("Refugee under the 1951 Convention (XXB)"),
        "XXC": _("Refugee on other grounds (XXC)"),
        "XXX": _("Citizenship not stated (XXX)"),
    }
)
"""What the passport of somebody prints who is a citizen of no country, or of whom it does not say."""

_ALSO_PRINTED = {
    **dict.fromkeys(("RKS", "XKX", "UNK"), "XKK"),
    **dict.fromkeys(("GBD", "GBN", "GBO", "GBP", "GBS"), "GBR"),
    **{"D": "DEU", "ROM": "ROU", "TMP": "TLS", "ZAR": "COD"},
}
"""Other codes of a country, in its passports and in other programs -> the one under which we keep it."""


@cache
def _alpha2() -> dict[str, str]:
    return {iso_3166.alpha3(alpha2): alpha2 for alpha2 in iso_3166.countries} | BESIDE_ISO


def country_of(code: str) -> str:
    """The code under which we keep what passports and other programs may call otherwise."""
    return _ALSO_PRINTED.get(code, code)


def countries() -> list[tuple[str, str]]:
    """(ISO 3166-1 alpha-3, name in the reader's language), by name: what a form offers and the API takes."""
    return list(_by_name(reader_language()))


def citizenships() -> list[tuple[str, str]]:
    """The countries whose citizens may need a permit, then those who are citizens of none."""
    stateless = [(code, str(name)) for code, name in WITHOUT_CITIZENSHIP.items()]
    return [country for country in countries() if country[0] != HOME] + stateless


def country_name(alpha3: str) -> str:
    """The name in the reader's language, of codes out of use too; the code itself when it is no country."""
    if alpha3 in WITHOUT_CITIZENSHIP:
        return str(WITHOUT_CITIZENSHIP[alpha3])
    kept = country_of(alpha3)
    return territory_names().get(_alpha2().get(kept) or successor(kept), alpha3)


@cache
def _by_name(language: str) -> tuple[tuple[str, str], ...]:
    names = territory_names()
    named = ((alpha3, names[alpha2]) for alpha3, alpha2 in _alpha2().items())
    return tuple(sorted(named, key=lambda pair: pair[1]))
