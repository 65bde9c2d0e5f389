"""Reads typologies.yaml: which findings together raise an alert, at what level, due when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from django.utils.timezone import localtime
from django.utils.translation import gettext

from alerts.evidence import RANK, Evidence, Level
from alerts.rules.indicators import catalogue
from wpis.law.calendar import add_working_days

FILE = Path(__file__).with_name("typologies.yaml")
OFFICE_CLOSES = time(18)
CHILD = "child"


class InvalidTypologies(ValueError):
    """The file breaks a rule; the message says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typology:
    """A known pattern. It is met when all findings of one of `when` were found."""

    id: str
    title: str
    level: Level
    when: tuple[frozenset[str], ...]
    source: str

    def met_by(self, hits: Collection[str]) -> bool:
        """Whether these findings show the pattern."""
        return any(needed <= set(hits) for needed in self.when)

    @property
    def label(self) -> str:
        """The title in the reader's language; alerts/triage/labels.py marks it for translation."""
        return gettext(self.title)


@dataclass(frozen=True, slots=True)
class Raised:
    """What a set of findings calls for."""

    typologies: tuple[str, ...]
    level: Level
    child: bool


@cache
def typologies() -> Mapping[str, Typology]:
    """All typologies by id, in the order of the file. Raises InvalidTypologies."""
    return read(FILE)


def raised_by(hits: Collection[str]) -> Raised | None:
    """The alert that these findings call for, None when they call for none."""
    met = [typology for typology in typologies().values() if typology.met_by(hits)]
    if not met:
        return None
    level = max((typology.level for typology in met), key=lambda level: RANK[level])
    ids = tuple(typology.id for typology in met)
    return Raised(ids, level, CHILD in ids)


def due(level: Level, at: datetime) -> datetime:
    """Until when a person must have looked at an alert raised `at`: hours, or the end of a working day."""
    term = _terms()[level]
    if "hours" in term:
        return at + timedelta(hours=term["hours"])
    local = localtime(at)
    day = add_working_days(local.date(), term["working_days"])
    return datetime.combine(day, OFFICE_CLOSES, tzinfo=local.tzinfo)


def read(file: Path) -> Mapping[str, Typology]:
    """The typologies written in a file. Raises InvalidTypologies."""
    found = {}
    for id, entry in yaml.safe_load(file.read_text(encoding="utf-8"))["typologies"].items():
        typology = Typology(
            id=id,
            title=entry["title"],
            level=Level(entry["level"]),
            when=tuple(frozenset(needed) for needed in entry["when"]),
            source=entry["source"],
        )
        for needed in typology.when:
            _check(id, needed)
        found[id] = typology
    return MappingProxyType(found)


def _check(id: str, needed: frozenset[str]) -> None:
    if unknown := needed - catalogue().keys():
        raise InvalidTypologies(f"{id} names {', '.join(sorted(unknown))}, which no indicator is")
    indicators = [catalogue()[name] for name in needed]
    if not indicators:
        raise InvalidTypologies(f"{id} has an empty line, which everything would meet")
    only_signs = all(indicator.evidence in (Evidence.PROXY, Evidence.CONTEXT) for indicator in indicators)
    if only_signs and len({indicator.group for indicator in indicators}) < 2:
        raise InvalidTypologies(f"{id}: {', '.join(sorted(needed))} are statistical signs of one group only")


@cache
def _terms() -> dict[str, dict[str, Any]]:
    terms: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["levels"]
    return terms
