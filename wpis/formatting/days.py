"""How days and moments are written: 21.11.2026 on pages, in words in letters; moments in the time of Yerevan."""

from datetime import date, datetime

from babel.dates import format_date
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wpis.dates.partial import PartialDate

IN_WORDS = {"hy": "y թ. MMMM d", "en": "d MMMM y", "ru": "d MMMM y 'года'"}
"""Language -> pattern of a day in words, in the form that stands after "by", "from" or "until"."""


def day(when: date | datetime | None) -> str:
    """A date, or the local date of a moment; nothing for None."""
    return _local(when).strftime("%d.%m.%Y") if when else ""


def written_day(when: date | datetime | None) -> str:
    """A day with its month in words, in the language of the reader: 2 December 2026; nothing for None."""
    language = get_language() or "en"
    return format_date(_local(when), IN_WORDS[language], locale=language) if when else ""


def written_moment(when: datetime | None) -> str:
    """A moment with the month in words: 2 December 2026, 18:00; nothing for None."""
    return f"{written_day(when)}, {_local(when).strftime('%H:%M')}" if when else ""


def partial_day(when: PartialDate) -> str:
    """A date of which a part may be unknown: 27.03.1991, or what is known with a word about the rest."""
    if when.whole:
        return day(when.whole)
    if when.month:
        return _("%(month)s, day not known") % {"month": when.earliest.strftime("%m.%Y")}
    return _("%(year)s, day and month not known") % {"year": when.year}


def moment(when: datetime | None) -> str:
    """A moment as 21.11.2026, 14:02; nothing for None."""
    return _local(when).strftime("%d.%m.%Y, %H:%M") if when else ""


def span(first: date, last: date) -> str:
    """Two days as 21.11.2026 – 20.11.2027."""
    return f"{day(first)} – {day(last)}"


def _local(when: date | datetime) -> date | datetime:
    return localtime(when) if isinstance(when, datetime) and is_aware(when) else when
