"""Everything an officer sees of one file, gathered with a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from permits.case_types.registry import case_type
from permits.checks.required_documents import Unseen, submitted_with
from permits.checks.waiting import holds_approval, unsatisfied
from permits.completeness.notices import of_filed
from permits.models import Application, CheckKind, CheckOverride, Decision, Question, State, Submission
from permits.officer import holding
from permits.officer.file import history, legal_limits, next_steps, presenters
from permits.officer.file.checks import CheckRow, row_of
from permits.officer.file.citations import cited
from permits.officer.file.comparisons import Comparison, compare
from permits.officer.file.documents import viewer
from permits.officer.queue.clocks import Clock, clock_of
from permits.officer.queue.listing import KIND_OF_TAG
from permits.states import OPEN
from permits.submissions.reading import read_if_readable
from permits.submissions.records import SubmissionRecord
from wpis.accounts.models import User
from wpis.languages.reader import translated
from wpis.law.errors import NotInForce
from wpis.law.grounds import ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One file, read at one moment by one officer."""

    file: Application
    kind_of_tag: str
    clock: Clock | None
    offers: list[next_steps.Offer]
    held_up: list[str]
    submission: Submission
    before: Submission | None
    readable: bool
    """Whether what was filed last can be read; without it there are neither parts nor limits."""
    before_readable: bool
    parts: list[presenters.Part]
    remark: str
    limits: list[legal_limits.LegalLimit]
    permit_today: legal_limits.LegalLimit | None
    """The term of a permit that would be issued today; None for a file that is decided, or issues none."""
    checks: list[CheckRow]
    held_by_checks: list[str]
    unseen: list[Unseen]
    """Required documents that cannot be shown."""
    questions: list[Question]
    decisions: list[tuple[Decision, str]]
    events: list[history.Event]
    look: viewer.Look

    @property
    def changes(self) -> int:
        """How many values changed since the submission before."""
        return sum(part.changes for part in self.parts)

    @property
    def checks_complete(self) -> bool:
        """Whether neither a check nor an opinion holds an approval."""
        return not self.held_by_checks

    @property
    def checks_wait(self) -> bool:
        """Whether a check has neither completed nor been overridden."""
        return any(row.waits for row in self.checks)


def gather(
    application: Application, user: User, at: datetime, document: Any = None, page: Any = None
) -> Dossier:
    """Read the file as it was filed last; what the employer is changing meanwhile is not shown."""
    newest = list(application.submissions.select_related("by").order_by("-number")[:2])
    submission, before = newest[0], newest[1] if len(newest) > 1 else None
    record = read_if_readable(submission)
    today = timezone.localdate(at)
    earlier = read_if_readable(before) if before else None
    questions = list(
        application.questions.select_related("asked_by", "answered_by").order_by("-asked_at", "-id")
    )
    decisions = application.decisions.select_related("proposed_by", "settled_by").order_by(
        "-proposed_at", "-id"
    )
    steps = holding.steps_of(application)
    comparison = _comparison(application, record, questions, at) if record else Comparison()
    people = CheckOverride.objects.select_related("requested_by", "settled_by")
    checks = list(
        submission.checks.prefetch_related(Prefetch("overrides", people)).order_by("kind", "agency")
    )
    assert application.submitted_at
    case, filed = case_type(application.kind), timezone.localdate(application.submitted_at)
    notices = of_filed(record, application.kind, timezone.localdate(submission.at)) if record else []
    documents = submitted_with(submission)
    of_files = next((check for check in checks if check.kind == CheckKind.DOCUMENTS), None)
    hidden = unsatisfied(case, of_files, documents)
    return Dossier(
        file=application,
        kind_of_tag=KIND_OF_TAG.get(application.state, ""),
        clock=clock_of(application, today),
        offers=next_steps.offers(application, user),
        held_up=next_steps.held_up(application, user, holding.holding(application, steps).since),
        submission=submission,
        before=before,
        readable=record is not None,
        before_readable=before is None or earlier is not None,
        parts=presenters.parts(record, earlier, comparison, case, notices) if record else [],
        remark=comparison.remark,
        limits=legal_limits.limits(record.terms, filed, case) if record else [],
        permit_today=legal_limits.permit_today(record, today, case)
        if record and application.state in OPEN
        else None,
        checks=[row_of(check, at=at, unsatisfied=check == of_files and bool(hidden)) for check in checks],
        held_by_checks=holds_approval(case, checks, documents, filed),
        unseen=hidden,
        questions=questions,
        decisions=[
            (decision, ground_in_words(decision.ground, application.submitted_at)) for decision in decisions
        ],
        events=history.events(steps),
        look=viewer.look(documents, document, page),
    )


def ground_in_words(code: str, filed: datetime | None) -> str:
    """A legal ground as it stood when the application was filed, with its reference, in the reader's language."""
    assert filed
    try:
        named = ground(code, timezone.localdate(filed))
    except NotInForce:
        return code
    return f"{translated(named.title)} ({cited(named.reference, named.confidence)})"


def _comparison(
    application: Application, record: SubmissionRecord, questions: list[Question], at: datetime
) -> Comparison:
    """No marks while the employer corrects the worker's part: the zone is not in the snapshot."""
    if application.state == State.WAITING and questions and "worker" in questions[0].sections:
        return Comparison()
    return compare(record, application.worker.mrz, timezone.localdate(at))
