"""When a second person is needed to close a case, and what waits for one."""

from datetime import datetime

from django.db.models import QuerySet

from referral.cases.clocks.team import lately
from referral.models import Case, ClosingProposal
from referral.states import CaseOutcome, MemberKind


def needs_second_person(case: Case, outcome: str, *, at: datetime) -> bool:
    """Whether nobody closes this case alone: as "no concern", or while it lately was a colleague's."""
    if outcome == CaseOutcome.NO_CONCERN:
        return True
    since = lately(at)
    taken = case.changes.filter(step="take_over", at__gt=since)
    return taken.exists() or case.members.filter(kind=MemberKind.FORMER, added_at__gt=since).exists()


def open_proposal(case: Case) -> ClosingProposal | None:
    """The proposal that waits for a second person; None when there is none."""
    undecided = case.closing_proposals.filter(decision="")
    return undecided.select_related("proposed_by").first()


def waiting_proposals() -> QuerySet[ClosingProposal]:
    """Every proposal that waits, the oldest first, without what is encrypted."""
    waiting = ClosingProposal.objects.filter(decision="").select_related("case", "proposed_by")
    left = (
        "reason",
        "case__person",
        "case__why",
        "case__contact_how",
        "case__contact_when",
        "case__contact_say",
    )
    return waiting.defer(*left).order_by("proposed_at", "id")
