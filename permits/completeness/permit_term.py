"""From when until when a permit would run: never before, and never longer than, what it rests on."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from permits.case_types.declaration import CaseType
from wpis import law
from wpis.formatting.days import day
from wpis.law.deadline import TermUnit, add_term


class EndsWith(StrEnum):
    """What a permit ends with."""

    CONTRACT = "contract"
    PASSPORT = "passport"
    LONGEST_TERM = "longest_term"


@dataclass(frozen=True, slots=True)
class PermitTerm:
    """The first and the last day of a permit, and what it ends with; no day is left when `last` is before `first`."""

    first: date
    last: date
    ends_with: EndsWith

    @property
    def possible(self) -> bool:
        """Whether there is a day on which the permit is valid."""
        return self.first <= self.last


def permit_term(
    case: CaseType, *, starts_on: date, ends_on: date, passport_expires_on: date | None, on: date
) -> PermitTerm | None:
    """The term of a permit issued on `on`; None where an approval of this case type issues no permit.

    It begins with the contract or on the day of issue, whichever is later, and ends with the contract, with the
    passport, or with the longest term of the law (Law on Foreigners, art. 24(2)), whichever is first.
    """
    if case.longest_term is None:
        return None
    months: int = getattr(law.in_force(on), case.longest_term)
    first = max(starts_on, on)
    ends = {
        EndsWith.CONTRACT: ends_on,
        EndsWith.LONGEST_TERM: add_term(first, months, TermUnit.MONTHS) - timedelta(days=1),
    }
    if passport_expires_on is not None:
        ends[EndsWith.PASSPORT] = passport_expires_on
    ends_with = min(ends, key=lambda what: ends[what])
    return PermitTerm(first, ends[ends_with], ends_with)


def filed_term(case: CaseType, filed: Any, *, on: date) -> PermitTerm | None:
    """The same for what was filed, a record or the rows of a draft."""
    return permit_term(
        case,
        starts_on=filed.terms.starts_on,
        ends_on=filed.terms.ends_on,
        passport_expires_on=filed.worker.passport_expires_on,
        on=on,
    )


def obstacle(term: PermitTerm | None) -> tuple[str, str, str] | None:
    """(part, field, sentence) of what leaves no day for a permit; None when there is one."""
    if term is None or term.possible:
        return None
    dates = {"last": day(term.last), "first": day(term.first)}
    if term.ends_with == EndsWith.PASSPORT:
        return (
            "worker",
            "passport_expires_on",
            _("The passport expires on %(last)s, and a permit could begin on %(first)s at the earliest")
            % dates,
        )
    return (
        "terms",
        "ends_on",
        _("The contract ends on %(last)s, and a permit could begin on %(first)s at the earliest") % dates,
    )
