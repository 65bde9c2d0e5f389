"""The agencies of the one window that give opinions: one file of `agencies/` each; below the models."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from wpis import law
from wpis.law.book import parameters
from wpis.law.calendar import add_working_days
from wpis.law.errors import NotInForce
from wpis.law.reading import Confidence, Section, read_mapping

FOLDER = Path(__file__).with_name("agencies")
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


@dataclass(frozen=True, slots=True)
class Names:
    """The same words in the languages of this service."""

    hy: str
    en: str
    ru: str

    def in_language(self, code: str | None) -> str:
        """The words for a language code; English for a language that is not one of ours."""
        short = (code or "en").split("-")[0]
        return str(getattr(self, short if short in LANGUAGES else "en"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer that an agency can give."""

    slug: str
    means: Meaning
    title: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """One agency: what it is asked, on which ground, within which time, and who may read what it writes."""

    slug: str
    name: Names
    asked: Names
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


@cache
def agencies() -> Mapping[str, Agency]:
    """All agencies by slug; raises InvalidLaw when a file is malformed."""
    return read_directory(FOLDER)


def read_directory(folder: Path) -> Mapping[str, Agency]:
    """The agencies of a folder; raises InvalidLaw for the first malformed file."""
    return MappingProxyType({file.stem: read_agency(file) for file in sorted(folder.glob("*.yaml"))})


def read_agency(file: Path) -> Agency:
    """One file, checked: an unknown entry, parameter, reader or meaning is refused. Raises InvalidLaw."""
    content = read_mapping(file)
    content.only(("name", "asked", "legal_ground", "answer_days", "read_by", "outcomes"))
    ground = content.section("legal_ground")
    ground.only(("reference", "confidence"))
    parameter = content.text("answer_days")
    if parameter not in parameters() or parameters()[parameter].unit != "working_days":
        raise content.fault(f"'answer_days' must name a law parameter in working days, found '{parameter}'")
    readers = content.entries("read_by")
    if unknown := [reader for reader in readers if reader not in list(Reader)]:
        raise content.fault(f"unknown readers {unknown}; known are {', '.join(Reader)}")
    if Reader.OFFICE not in readers:
        raise content.fault("the office decides, so it reads every opinion: 'read_by' must name it")
    outcomes = [_outcome(entry) for entry in content.sections("outcomes")]
    if len({outcome.slug for outcome in outcomes}) < len(outcomes):
        raise content.fault("an outcome is written twice")
    if lacking := [one for one in Meaning if one not in {outcome.means for outcome in outcomes}]:
        raise content.fault(f"no outcome means {', '.join(lacking)}")
    return Agency(
        slug=file.stem,
        name=_names(content, "name"),
        asked=_names(content, "asked"),
        reference=ground.text("reference"),
        confidence=ground.confidence(),
        answer_days=parameter,
        read_by=frozenset(Reader(str(reader)) for reader in readers),
        outcomes=MappingProxyType({outcome.slug: outcome for outcome in outcomes}),
    )


def _outcome(entry: Section) -> Outcome:
    entry.only(("slug", "means", "title"))
    means = entry.text("means")
    if means not in list(Meaning):
        raise entry.fault(f"unknown meaning '{means}'; known are {', '.join(Meaning)}")
    return Outcome(entry.text("slug"), Meaning(means), _names(entry, "title"))


def _names(entry: Section, key: str) -> Names:
    section = entry.section(key)
    section.only(LANGUAGES)
    return Names(**{language: section.text(language) for language in LANGUAGES})
