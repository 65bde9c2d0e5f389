"""The agencies of the one window that give opinions: one YAML file of this folder each; below the models."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from wpis import law
from wpis.languages.translated import InLanguages, TranslatedText
from wpis.law.book import parameters
from wpis.law.calendar import add_working_days
from wpis.law.confidence import Confidence
from wpis.law.errors import NotInForce
from wpis.strict_yaml import Document, Entry, Many, Text, Word

FOLDER = Path(__file__).parent
LANGUAGES = ("hy", "en", "ru")


class Reader(StrEnum):
    """Whose pages may show what an agency wrote."""

    OFFICE = "office"
    EMPLOYER = "employer"


class Meaning(StrEnum):
    """What an outcome means for the decision, whatever the agency calls it."""

    NO_OBJECTION = "no_objection"
    OBJECTION = "objection"
    MORE_INFORMATION = "more_information"


InEveryLanguage = Annotated[TranslatedText, InLanguages(LANGUAGES)]
"""A text that stands in all languages of this service."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer that an agency can give."""

    slug: str
    means: Meaning
    title: TranslatedText


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """One agency: what it is asked, on which ground, within which time, and who may read what it writes."""

    slug: str
    name: TranslatedText
    asked: TranslatedText
    reference: str
    confidence: Confidence
    answer_days: str  # parameter of the law book, in working days
    read_by: frozenset[Reader]
    outcomes: Mapping[str, Outcome]

    def is_asked_on(self, day: date) -> bool:
        """Whether the law of that day knows this opinion; the day is that of first receipt."""
        try:
            self._days(day)
        except NotInForce:
            return False
        return True

    def due_on(self, asked: date, *, submitted: date) -> date:
        """The last day for an opinion asked on `asked`. Raises NotInForce where the law no longer knows it."""
        return add_working_days(asked, self._days(submitted))

    def _days(self, day: date) -> int:
        days: int = getattr(law.in_force(day), self.answer_days)
        return days


class _GroundEntry(Entry):
    reference: Text
    confidence: Word[Confidence]


class _OutcomeEntry(Entry):
    slug: Text
    means: Word[Meaning]
    title: InEveryLanguage


class _AgencyFile(Entry):
    name: InEveryLanguage
    asked: InEveryLanguage
    legal_ground: _GroundEntry
    answer_days: Text
    read_by: Many[Word[Reader]]
    outcomes: Many[_OutcomeEntry]


@cache
def agencies() -> Mapping[str, Agency]:
    """All agencies by slug; raises InvalidFile when a file is malformed."""
    return read_directory(FOLDER)


def read_directory(folder: Path) -> Mapping[str, Agency]:
    """The agencies of a folder; raises InvalidFile for the first malformed file."""
    return MappingProxyType({file.stem: read_agency(file) for file in sorted(folder.glob("*.yaml"))})


def read_agency(file: Path) -> Agency:
    """One file, validated: an unknown entry, parameter, reader or meaning is refused. Raises InvalidFile."""
    document = Document(file)
    written = document.read_as(_AgencyFile)
    named = parameters().get(written.answer_days)
    if named is None or named.unit != "working_days":
        problem = f"must name a law parameter in working days, found '{written.answer_days}'"
        raise document.fault(problem, "answer_days")
    if Reader.OFFICE not in written.read_by:
        problem = "must name the office: it decides, so it reads every opinion"
        raise document.fault(problem, "read_by")
    outcomes = {entry.slug: Outcome(entry.slug, entry.means, entry.title) for entry in written.outcomes}
    if len(outcomes) < len(written.outcomes):
        raise document.fault("an outcome is written twice")
    if lacking := [one for one in Meaning if one not in {outcome.means for outcome in outcomes.values()}]:
        raise document.fault(f"no outcome means {', '.join(lacking)}")
    return Agency(
        slug=file.stem,
        name=written.name,
        asked=written.asked,
        reference=written.legal_ground.reference,
        confidence=written.legal_ground.confidence,
        answer_days=written.answer_days,
        read_by=frozenset(written.read_by),
        outcomes=MappingProxyType(outcomes),
    )
