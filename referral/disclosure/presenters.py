"""Values of the catalogue as a page shows them; a missing one reads "Not recorded" and is never left out."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from referral.catalogue import Kind, SharedField, catalogue
from referral.states import Interviewer
from wpis.classifications.countries import country_name
from wpis.classifications.languages import language_name
from wpis.classifications.provinces import province_name
from wpis.formatting.days import day, span
from wpis.formatting.numbers import decimal, drams
from wpis.formatting.values import yes_no
from wpis.languages.reader import reader_language, translated


def title(field: str) -> str:
    """The name of a catalogue field in the reader's language."""
    return translated(catalogue()[field].title)


def value(field: str, raw: Any) -> str | list[str]:
    """A value as text, or as a list of sentences; "Not recorded" for None."""
    if raw is None:
        return _("Not recorded")
    return _write(catalogue()[field], raw)


def _write(field: SharedField, raw: Any) -> str | list[str]:
    match field.kind:
        case Kind.NUMBER:
            return decimal(raw)
        case Kind.MONEY:
            return drams(raw)
        case Kind.DAY:
            return day(date.fromisoformat(raw))
        case Kind.DAYS:
            return span(*map(date.fromisoformat, raw))
        case Kind.YES_NO:
            return yes_no(raw)
        case Kind.SEX:
            return {"F": _("Female"), "M": _("Male")}.get(raw, str(raw))
        case Kind.COUNTRY:
            return country_name(raw)
        case Kind.PROVINCE:
            return province_name(raw)
        case Kind.LANGUAGE:
            return language_name(raw)
        case Kind.LANGUAGES:
            return ", ".join(map(language_name, raw))
        case Kind.INTERVIEWER:
            return str(Interviewer(raw).label)
        case Kind.SENTENCES:
            return [text(sentence) for sentence in raw]
    return text(raw)


def text(raw: Any) -> str:
    """A plain text; of a text in several languages the reader's; a list joined by commas."""
    if isinstance(raw, dict):
        return text(raw.get(reader_language()) or raw.get("en") or next(iter(raw.values())))
    return ", ".join(raw) if isinstance(raw, list) else str(raw)
