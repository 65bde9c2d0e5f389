"""The person's latest answer for an agency and purpose: what was said last counts, a withdrawal included."""

from django.db.models import QuerySet
from django.db.models.functions import Greatest

from referral.models import Case, Consent


def latest_answers(answers: QuerySet[Consent]) -> QuerySet[Consent]:
    """Of these answers the latest for each case, agency and purpose.

    The answer with the latest event: withdrawing an earlier yes is later than a yes that was recorded before the
    withdrawal, so the consent is withdrawn. PostgreSQL's GREATEST passes over a withdrawal that never was.
    """
    said_at = Greatest("recorded_at", "withdrawn_at")
    question = ("case_id", "agency", "purpose")
    return answers.order_by(*question, said_at.desc(), "-recorded_at", "id").distinct(*question)


def latest_answer(case: Case, agency: str, purpose: str) -> Consent | None:
    """The person's latest answer for this agency and purpose; None when never asked."""
    return latest_answers(case.consents.filter(agency=agency, purpose=purpose)).first()


def all_latest_answers(case: Case) -> list[Consent]:
    """The latest answer for each agency and purpose."""
    return list(latest_answers(case.consents.select_related("recorded_by")))
