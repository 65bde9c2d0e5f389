"""The employer's dashboard: applications that need attention, drafts, those in review, and permits."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from permits.models import Application, Question
from permits.queries import applications_for
from permits.search.applications import among_own
from permits.states import PUBLIC, PublicState, State

ROWS_LISTED = 5
"""Rows under each heading; the list has the rest."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The rows of the first page."""

    questions: list[Question]
    drafts: list[Application]
    in_review: list[Application]
    permits: list[Application]

    def keys(self) -> list[UUID]:
        """Whom the page shows: the applications of all rows, each once."""
        asked = [question.application_id for question in self.questions]
        rows = [row.pk for row in (*self.drafts, *self.in_review, *self.permits)]
        return list(dict.fromkeys([*asked, *rows]))


def overview(user: Any) -> Overview:
    """Rows for the first page, newest first; questions by their deadline."""
    own = applications_for(user)
    open_questions = Question.objects.filter(
        answered_at=None, application__in=own.filter(state=State.WAITING).order_by().values("pk")
    )
    return Overview(
        questions=list(
            open_questions.select_related("application__worker", "application__employer").order_by(
                "answer_by", "pk"
            )
        ),
        drafts=list(own.filter(state=State.DRAFT)[:ROWS_LISTED]),
        in_review=list(own.filter(state__in=_states(PublicState.IN_REVIEW))[:ROWS_LISTED]),
        permits=list(own.filter(state=State.APPROVED, permit__isnull=False)[:ROWS_LISTED]),
    )


def filtered(applications: QuerySet[Application], *, q: str, state: str) -> QuerySet[Application]:
    """The applications that the text means, of this public state, where given."""
    applications = among_own(applications, q)
    return applications.filter(state__in=_states(PublicState(state))) if state else applications


def _states(public: PublicState) -> list[str]:
    return [state for state, shown in PUBLIC.items() if shown == public]
