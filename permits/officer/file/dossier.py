"""Everything an officer sees of one file, gathered with a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from permits.assessment.assess import Assessment, assess
from permits.assessment.citations import cited
from permits.case_types.registry import case_type
from permits.models import Application, CheckKind, Decision
from permits.officer import holding
from permits.officer.file import history, next_steps, presenters
from permits.officer.file.checks import CheckRow, row_of
from permits.officer.file.documents import viewer
from permits.officer.file.identity import Identity, identity_of
from permits.officer.queue.clocks import Clock, clock_of
from permits.officer.queue.listing import KIND_OF_TAG
from permits.submissions.reading import read_if_readable
from wpis.accounts.models import User
from wpis.languages.reader import translated
from wpis.law.errors import NotInForce
from wpis.law.grounds import ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One file, read at one moment by one officer; `assessment` is what the file shows, and the rest how it reads."""

    file: Application
    assessment: Assessment
    identity: Identity
    kind_of_tag: str
    clock: Clock | None
    offers: list[next_steps.Offer]
    held_up: list[str]
    before_readable: bool
    parts: list[presenters.Part]
    checks: list[CheckRow]
    decisions: list[tuple[Decision, str]]
    events: list[history.Event]
    look: viewer.Look

    @property
    def readable(self) -> bool:
        """Whether what was filed last can be read; without it there are neither parts nor limits."""
        return self.assessment.record is not None

    @property
    def changes(self) -> int:
        """How many values changed since the submission before."""
        return sum(part.changes for part in self.parts)

    @property
    def checks_complete(self) -> bool:
        """Whether neither a check nor an opinion holds an approval."""
        return not self.assessment.held_by_checks

    @property
    def checks_wait(self) -> bool:
        """Whether a check has neither completed nor been overridden."""
        return any(row.waits for row in self.checks)


def gather(
    application: Application, user: User, at: datetime, document: Any = None, page: Any = None
) -> Dossier:
    """Read the file as it was filed last; what the employer is changing meanwhile is not shown."""
    found = assess(application, at=at)
    record = found.record
    earlier = read_if_readable(found.before) if found.before else None
    steps = holding.steps_of(application)
    case = case_type(application.kind)
    return Dossier(
        file=application,
        assessment=found,
        identity=identity_of(found),
        kind_of_tag=KIND_OF_TAG.get(application.state, ""),
        clock=clock_of(application, timezone.localdate(at)),
        offers=next_steps.offers(application, user),
        held_up=next_steps.held_up(application, user, holding.holding(application, steps).since),
        before_readable=found.before is None or earlier is not None,
        parts=presenters.parts(record, earlier, found.comparison, case, found.notices) if record else [],
        checks=[
            row_of(check, at=at, unsatisfied=check.kind == CheckKind.DOCUMENTS and bool(found.unseen))
            for check in found.checks
        ],
        decisions=[
            (decision, ground_in_words(decision.ground, application.submitted_at))
            for decision in found.decisions
        ],
        events=history.events(steps),
        look=viewer.look(found.documents, document, page),
    )


def ground_in_words(code: str, filed: datetime | None) -> str:
    """A legal ground as it stood when the application was filed, with its reference, in the reader's language."""
    assert filed
    try:
        named = ground(code, timezone.localdate(filed))
    except NotInForce:
        return code
    return f"{translated(named.title)} ({cited(named.reference, named.confidence)})"
