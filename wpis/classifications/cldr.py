"""Names of countries and languages out of the Unicode CLDR, as babel carries it."""

from collections.abc import Mapping

from babel import Locale
from babel.core import UnknownLocaleError, get_global

from wpis.languages.reader import reader_language


def territory_names() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 -> name in the reader's language."""
    names: Mapping[str, str] = _locale(reader_language()).territories
    return names


def language_names() -> Mapping[str, str]:
    """ISO 639 -> name in the reader's language, as it stands within a sentence."""
    names: Mapping[str, str] = _locale(reader_language()).languages
    return names


def successor(alpha3: str) -> str:
    """The territory (alpha-2) that a code out of use stood for; the code itself if it stood for several or none."""
    found: list[str] = get_global("territory_aliases").get(alpha3, [])
    return found[0] if len(found) == 1 else alpha3


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language)
    except UnknownLocaleError:
        return Locale.parse("en")
