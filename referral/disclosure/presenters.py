"""How a value of the catalogue is written for a reader; a missing one is said, never dropped."""

from datetime import date
from typing import Any

from babel import Locale
from babel.core import UnknownLocaleError, get_global
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from referral.disclosure.catalogue import Kind, SharedField, catalogue
from referral.states import Interviewer
from wpis.classifications.provinces import province_name
from wpis.formatting.numbers import drams
from wpis.law.reading import Words

MASK = "••••••"


def say(words: Words) -> str:
    """The text in the reader's language."""
    return words.in_language(get_language() or "en")


def title(field: str) -> str:
    """The name of a catalogue field in the reader's language."""
    return say(catalogue()[field].title)


def value(field: str, raw: Any) -> str | list[str]:
    """A value as text, or as a list of sentences; "Not recorded" for None."""
    if raw is None:
        return _("Not recorded")
    return _write(catalogue()[field], raw)


def language_name(code: str) -> str:
    """The name of a language in the reader's language; the code itself when nobody knows it."""
    return str(_locale().languages.get(code, code))


def _write(field: SharedField, raw: Any) -> str | list[str]:
    match field.kind:
        case Kind.NUMBER:
            return f"{raw:g}"
        case Kind.MONEY:
            return drams(raw)
        case Kind.DAY:
            return _day(raw)
        case Kind.DAYS:
            return " – ".join(_day(day) for day in raw)
        case Kind.YES_NO:
            return _("Yes") if raw else _("No")
        case Kind.SEX:
            return {"F": _("Female"), "M": _("Male")}.get(raw, str(raw))
        case Kind.COUNTRY:
            return _country(raw)
        case Kind.PROVINCE:
            return province_name(raw)
        case Kind.LANGUAGE:
            return language_name(raw)
        case Kind.LANGUAGES:
            return ", ".join(language_name(code) for code in raw)
        case Kind.INTERVIEWER:
            return str(Interviewer(raw).label)
        case Kind.SENTENCES:
            return [text(sentence) for sentence in raw]
    return text(raw)


def text(raw: Any) -> str:
    """A plain text, or of several languages the reader's; a list is joined by commas."""
    if isinstance(raw, dict):
        language = (get_language() or "en").split("-")[0]
        return text(raw.get(language) or raw.get("en") or next(iter(raw.values())))
    return ", ".join(raw) if isinstance(raw, list) else str(raw)


def _day(iso: str) -> str:
    return date.fromisoformat(iso).strftime("%d.%m.%Y")


def _locale() -> Locale:
    try:
        return Locale.parse((get_language() or "en").replace("-", "_"))
    except UnknownLocaleError:
        return Locale.parse("en")


def _country(alpha3: str) -> str:
    two = get_global("territory_aliases").get(alpha3, [alpha3])[0]
    return str(_locale().territories.get(two, alpha3))
