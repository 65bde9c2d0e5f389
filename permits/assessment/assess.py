"""Reads a file once and holds it against the law, the passport lines and what is known of the person."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Prefetch
from django.utils import timezone

from permits.assessment import adverse, legal_limits, other_files
from permits.assessment.adverse import AdverseFact
from permits.assessment.legal_limits import LegalLimit, PermitToday
from permits.assessment.passport import Comparison, compare
from permits.case_types.registry import case_type
from permits.check_kinds import CheckKind
from permits.checks.required_documents import Unseen, submitted_with
from permits.checks.waiting import holds_approval, unsatisfied
from permits.completeness.notices import Notice, of_filed
from permits.models import (
    Application,
    ApplicationDocument,
    Check,
    CheckOverride,
    Decision,
    Question,
    State,
    Submission,
)
from permits.states import OPEN
from permits.submissions.reading import read_if_readable
from permits.submissions.records import SubmissionRecord


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """A file as it was filed last, and everything it is held against."""

    application: Application
    submission: Submission
    before: Submission | None
    """What was filed before that."""
    record: SubmissionRecord | None
    """What was filed; None when it cannot be read, and then nothing of it is compared."""
    comparison: Comparison
    limits: list[LegalLimit]
    notices: list[Notice]
    permit_today: PermitToday | None
    """The permit that would be issued today; None for a file that is decided, or issues none."""
    documents: list[ApplicationDocument]
    unseen: list[Unseen]
    """Required documents that cannot be shown."""
    checks: list[Check]
    held_by_checks: list[str]
    questions: list[Question]
    decisions: list[Decision]
    same_passport: list[Application]

    @cached_property
    def broken_limits(self) -> list[LegalLimit]:
        """The limits of the law that the contract does not keep."""
        return legal_limits.broken(self.limits)

    @cached_property
    def facts(self) -> list[AdverseFact]:
        """Everything that speaks against an approval."""
        own = (
            [
                *adverse.of_limits(self.limits),
                *adverse.of_passport(self.record, self.comparison),
            ]
            if self.record
            else [adverse.unreadable()]
        )
        return [
            *own,
            *adverse.of_checks(self.held_by_checks if self.application.state in OPEN else [], self.checks),
            *adverse.of_notices(self.notices, self.limits),
            *adverse.of_talk(self.questions, self.decisions),
            *adverse.of_other_files(self.same_passport),
        ]

    @cached_property
    def in_short(self) -> list[str]:
        """The facts counted, for the line under the identity bar."""
        return adverse.in_short(self.facts)


def assess(application: Application, *, at: datetime) -> Assessment:
    """Everything that the file shows at this moment, with a fixed number of queries.

    The terms are held against the law of the day of first receipt; the notices are those that the applicant was shown.
    """
    assert application.submitted_at
    case, filed = case_type(application.kind), timezone.localdate(application.submitted_at)
    newest = list(application.submissions.select_related("by").order_by("-number")[:2])
    submission, before = newest[0], newest[1] if len(newest) > 1 else None
    record = read_if_readable(submission)
    questions = list(
        application.questions.select_related("asked_by", "answered_by").order_by("-asked_at", "-id")
    )
    decisions = application.decisions.select_related("proposed_by", "settled_by").prefetch_related(
        "justifications__by"
    )
    people = CheckOverride.objects.select_related("requested_by", "settled_by")
    checks = submission.checks.prefetch_related(Prefetch("overrides", people)).order_by("kind", "agency")
    documents = submitted_with(submission)
    of_files = next((check for check in checks if check.kind == CheckKind.DOCUMENTS), None)
    return Assessment(
        application=application,
        submission=submission,
        before=before,
        record=record,
        comparison=_compared(application, record, questions, at=at) if record else Comparison(),
        limits=legal_limits.limits(record, filed, case) if record else [],
        notices=of_filed(record, application.kind, timezone.localdate(submission.at)) if record else [],
        permit_today=legal_limits.permit_today(record, timezone.localdate(at), case)
        if record and application.state in OPEN
        else None,
        documents=documents,
        unseen=unsatisfied(case, of_files, documents),
        checks=list(checks),
        held_by_checks=holds_approval(case, checks, documents, filed),
        questions=questions,
        decisions=list(decisions.order_by("-proposed_at", "-id")),
        same_passport=other_files.same_passport(application),
    )


def _compared(
    application: Application, record: SubmissionRecord, questions: list[Question], *, at: datetime
) -> Comparison:
    """No marks while the employer corrects the worker's part: the passport lines are not in the snapshot."""
    if application.state == State.WAITING and questions and "worker" in questions[0].sections:
        return Comparison()
    return compare(record, application.worker.mrz, timezone.localdate(at))
