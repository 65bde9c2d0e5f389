"""Reads `periods.yaml`: how long each kind of row is kept, by day."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import Field

from wpis.strict_yaml import Document, Entry, Many, Text

FILE = Path(__file__).with_name("periods.yaml")
Days = Annotated[int, Field(ge=0)]


class Period(Entry):
    """A number of days, from which day it holds, and how many days before deletion the owner is told, if at all."""

    since: date = Field(alias="from")
    days: Days
    told_before: Days = 0
    reason: Text


class Kind(Entry):
    """One kind of row, and the least that the database allows."""

    kind: Text
    title: Text
    least: Days
    periods: Many[Period]


@dataclass(frozen=True, slots=True)
class Kept:
    """How long a kind of row is kept on a day."""

    kind: str
    days: int
    told_before: int


@cache
def kinds() -> tuple[Kind, ...]:
    """Everything in the file. Raises ValueError where periods are out of order or shorter than the least."""
    found = Document(FILE).read_as(tuple[Kind, ...])
    for kind in found:
        days = [period.since for period in kind.periods]
        if not days or any(earlier >= later for earlier, later in pairwise(days)):
            raise ValueError(f"{FILE.name}: the periods of {kind.kind} are not in order")
        if any(period.days <= period.told_before for period in kind.periods if period.told_before):
            raise ValueError(f"{FILE.name}: {kind.kind} would be announced before it begins")
        if any(period.days < kind.least for period in kind.periods):
            raise ValueError(f"{FILE.name}: {kind.kind} is kept for at least {kind.least} days")
    return found


def kept_on(day: date) -> list[Kept]:
    """How long each kind is kept by the rules of that day; a kind without a rule yet is kept."""
    found = []
    for kind in kinds():
        in_force = [period for period in kind.periods if period.since <= day]
        if in_force:
            found.append(Kept(kind.kind, in_force[-1].days, in_force[-1].told_before))
    return found
