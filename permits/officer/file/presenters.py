"""Presents filed data as rows, with the changes since the previous submission."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import capfirst

from permits.assessment.passport import Comparison, Mark
from permits.case_types.declaration import CaseType
from permits.completeness.notices import Notice
from permits.parts import catalogue, declaration
from permits.submissions.records import SubmissionRecord

BESIDE_DOCUMENTS = frozenset({"worker", "terms"})


@dataclass(frozen=True, slots=True)
class Row:
    """One declared value in words, empty when none was given.

    `was` is what stood there before, if it changed; `mark` says how it compares with the passport; `notices` are what
    the applicant was shown at this field and filed all the same.
    """

    name: str
    label: str
    value: str
    was: str | None = None
    hidden: bool = False
    mark: Mark | None = None
    notices: tuple[str, ...] = ()
    zero: bool = False

    @property
    def says_nothing(self) -> bool:
        """Whether it is empty or zero as it was before, and there is nothing else to say about it."""
        return (self.zero or not self.value) and not (self.changed or self.mark or self.notices)

    @property
    def changed(self) -> bool:
        """Whether the newest submission says something else than the one before."""
        return self.was is not None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the file."""

    name: str
    title: str
    rows: list[Row]

    @property
    def beside_documents(self) -> bool:
        """Whether passport or contract show what is answered here, so that it is read beside their pictures."""
        return self.name in BESIDE_DOCUMENTS

    @property
    def filled(self) -> list[Row]:
        """The rows that say something; the others are named in one line each kind."""
        return [row for row in self.rows if not row.says_nothing]

    @property
    def not_given(self) -> list[str]:
        """The labels of what was left empty."""
        return [row.label for row in self.rows if row.says_nothing and not row.value]

    @property
    def zeros(self) -> list[str]:
        """The labels of what was answered with zero."""
        return [row.label for row in self.rows if row.says_nothing and row.zero]

    @property
    def changes(self) -> int:
        """How many values of this part changed."""
        return sum(row.changed for row in self.rows)


def parts(
    now: SubmissionRecord,
    before: SubmissionRecord | None,
    passport: Comparison,
    case: CaseType,
    notices: Iterable[Notice] = (),
) -> list[Part]:
    """The whole file as filed now, compared with the submission before and with the passport.

    A part that its case type does not ask was filed empty, and is left out.
    """
    said: dict[tuple[str, str], tuple[str, ...]] = {}
    for notice in notices:
        at = (notice.part, notice.field)
        said[at] = (*said.get(at, ()), notice.text)
    return [
        Part(
            name,
            str(part.heading),
            [
                replace(row, notices=said.get((name, row.name), ()))
                for row in rows(
                    part, getattr(now, name), getattr(before, name) if before else None, passport.marks[name]
                )
            ],
        )
        for name, part in catalogue.SUBMITTED.items()
        if name not in catalogue.ASKED or name in case.parts
    ]


def rows(part: declaration.Part, now: Any, before: Any | None, marks: Mapping[str, Mark]) -> Iterator[Row]:
    """The rows of one part, in the order in which its declaration is read."""
    for field in part.rows:
        value = field.value(now)
        old = field.value(before) if before else value
        say = field.kind.covered if field.masked else field.kind.words
        yield Row(
            name=field.name,
            label=str(capfirst(str(field.noun))),
            value=say(value),
            was=say(old) if old != value else None,
            hidden=bool(field.masked) and bool(value),
            mark=marks.get(field.name),
            zero=value == 0 and not isinstance(value, bool),
        )
