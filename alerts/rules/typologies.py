"""Typologies: which findings together raise an alert, at what level, due when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.timezone import localtime

from alerts.evidence import RANK, Level
from wpis.languages.reader import translated
from wpis.languages.translated import TranslatedText
from wpis.law.calendar import add_working_days

OFFICE_CLOSES = time(18)

CHILD = "child"
"""The typology that starts the child procedure, in every ruleset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typology:
    """A known pattern. It is met when all findings of one line of `when` were found."""

    id: str
    title: TranslatedText
    level: Level
    when: tuple[frozenset[str], ...]
    source: str

    def met_by(self, hits: Collection[str]) -> bool:
        """Whether these findings show the pattern."""
        return any(needed <= set(hits) for needed in self.when)

    @property
    def label(self) -> str:
        """The title in the reader's language."""
        return translated(self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How long a person may take to look: hours, or working days of Armenia."""

    hours: int = 0
    working_days: int = 0

    def end(self, at: datetime) -> datetime:
        """Until when a person must have looked at an alert raised `at`: hours, or the end of a working day."""
        if self.hours:
            return at + timedelta(hours=self.hours)
        local = localtime(at)
        day = add_working_days(local.date(), self.working_days)
        return datetime.combine(day, OFFICE_CLOSES, tzinfo=local.tzinfo)


@dataclass(frozen=True, slots=True)
class Raised:
    """What a set of findings calls for."""

    typologies: tuple[str, ...]
    level: Level
    child: bool


def raised_by(hits: Collection[str], typologies: Mapping[str, Typology]) -> Raised | None:
    """The alert that these findings call for under these typologies, None when they call for none."""
    met = [typology for typology in typologies.values() if typology.met_by(hits)]
    if not met:
        return None
    level = max((typology.level for typology in met), key=lambda level: RANK[level])
    ids = tuple(typology.id for typology in met)
    return Raised(ids, level, CHILD in ids)
