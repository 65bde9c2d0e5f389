"""The checks of a submission as rows to read: an opinion with its agency, and the outcome in the agency's words."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from permits.agencies.directory import Meaning, agencies
from permits.check_kinds import CheckKind
from permits.checks.names import name_of
from permits.models import Check
from permits.officer.file.overrides import row_of as override_row
from permits.officer.file.overrides import sentences
from wpis.languages.reader import translated

_TAGS = {Meaning.NO_OBJECTION: "plain", Meaning.OBJECTION: "warn", Meaning.MORE_INFORMATION: "info"}


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check with its name and its status in words."""

    check: Check
    name: str
    word: Any
    kind_of_tag: str
    unsatisfied: bool = False
    said: tuple[str, ...] = ()
    requested: str = ""
    """Of the newest override: who asked, who settled it; and where a request that is open stands."""

    @property
    def waits(self) -> bool:
        """Whether it has neither completed nor been overridden."""
        return self.check.completed_at is None and self.check.overridden_at is None

    @property
    def may_be_overridden(self) -> bool:
        """Whether it holds an approval that an override would let go ahead."""
        return self.waits or self.unsatisfied


def row_of(check: Check, *, at: datetime, unsatisfied: bool = False) -> CheckRow:
    """A check as its row; `unsatisfied` of the check of the files: a required document cannot be shown.

    Fetch the check's `overrides` with their people first.
    """
    word, tag = (_("Not satisfied"), "warn") if unsatisfied else _standing(check)
    row = CheckRow(check, name_of(check), word, tag, unsatisfied=unsatisfied)
    newest = next(iter(check.overrides.all()), None)
    if newest is None:
        return row
    standing = override_row(newest, holds=row.may_be_overridden, at=at)
    return replace(row, said=tuple(sentences(newest)), requested=standing.word if standing.open else "")


def _standing(check: Check) -> tuple[Any, str]:
    if check.completed_at is None:
        return (_("Overridden"), "warn") if check.overridden_at else (_("Not completed yet"), "info")
    if check.kind != CheckKind.OPINION:
        return _("Completed"), "plain"
    agency = agencies().get(check.agency)
    outcome = agency.outcomes.get(check.outcome) if agency else None
    if outcome is None:
        return check.outcome, "info"
    return translated(outcome.title), _TAGS[outcome.means]
