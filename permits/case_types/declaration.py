"""How a case type is declared: what it asks, what it waits for, by which clocks, and what a decision leads to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from permits.agencies.directory import agencies
from permits.check_kinds import CheckKind, Weight
from permits.document_kinds import DocumentKind
from wpis.law import Ground
from wpis.law.book import parameters

ALWAYS_ASKED = ("worker", "terms")
"""Parts without which nothing can be filed: a submission says who is to work, and as what."""


class DecisionClock(Protocol):
    """The last day for the decision; `pauses` are the (asked, answered) days of the employer's answers."""

    def __call__(self, submitted: date, pauses: Iterable[tuple[date, date]] = ()) -> date: ...


class AnswerClock(Protocol):
    """The last day for the employer to answer a question asked on `asked`."""

    def __call__(self, asked: date, *, submitted: date) -> date: ...


class AppealClock(Protocol):
    """The last day to appeal against a refusal of which the employer is told on `notified`."""

    def __call__(self, notified: date) -> date: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalWords:
    """What an approval means, in the words of each reader.

    state: the public state, as lists and the status page show it. heading: the sentence on top of the status page.
    letter: first sentence of the letter that the office previews, with %(reference)s.
    confirming: what the second person reads that confirming does.
    """

    state: str | Promise
    heading: str | Promise
    letter: str | Promise
    confirming: str | Promise

    def __post_init__(self) -> None:
        if "%(reference)s" not in str(self.letter):
            raise ImproperlyConfigured("the letter of an approval names the application's %(reference)s")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseType:
    """One type of application. The clocks and grounds take days; the law of the day of first receipt decides.

    parts: names of the parts asked, in the order of the form. documents: without these nothing is submitted.
    checks: what the service checks by itself. opinions: agency of the one window -> what its opinion weighs.
    letters: step that the employer is told of -> template in `templates/permits/letters/`.
    longest_term: parameter of the law book, in months, for the permit; None when an approval issues no permit.
    approval: what an approval is called, and what it does.
    """

    slug: str
    title: str | Promise
    parts: tuple[str, ...]
    documents: tuple[DocumentKind, ...]
    checks: tuple[CheckKind, ...]
    opinions: Mapping[str, Weight] = field(default_factory=dict)
    decision_due: DecisionClock
    answer_due: AnswerClock
    appeal_due: AppealClock
    approval_grounds: Callable[[date], tuple[Ground, ...]]
    refusal_grounds: Callable[[date], tuple[Ground, ...]]
    letters: Mapping[str, str]
    longest_term: str | None
    approval: ApprovalWords

    def __post_init__(self) -> None:
        if lacking := [part for part in ALWAYS_ASKED if part not in self.parts]:
            raise ImproperlyConfigured(f"case type {self.slug}: must ask the part {', '.join(lacking)}")
        if CheckKind.OPINION in self.checks:
            raise ImproperlyConfigured(f"case type {self.slug}: name the agencies in `opinions`")
        if self.documents and "documents" not in self.parts:
            raise ImproperlyConfigured(f"case type {self.slug}: requires documents but does not ask for them")
        if self.documents and CheckKind.DOCUMENTS not in self.checks:
            raise ImproperlyConfigured(f"case type {self.slug}: requires documents but does not check them")
        if self.longest_term and self.longest_term not in parameters():
            raise ImproperlyConfigured(f"case type {self.slug}: the law book has no {self.longest_term}")
        if unknown := sorted(set(self.opinions) - set(agencies())):
            raise ImproperlyConfigured(f"case type {self.slug}: no agency is called {', '.join(unknown)}")

    @property
    def issues_permit(self) -> bool:
        """Whether an approval issues a permit."""
        return self.longest_term is not None
