"""The newest answers of the person."""

from django.db.models import Exists, OuterRef, Q

from referral.agencies.directory import Agency, Purpose
from referral.models import Case, Consent


def newest_consent(case: Case, agency: Agency, purpose: Purpose) -> Consent | None:
    """The person's newest answer for this agency and purpose; None when never asked."""
    answers = case.consents.filter(agency=agency.slug, purpose=purpose.slug)
    return answers.order_by("-recorded_at", "id").first()


def newest_consents(case: Case) -> list[Consent]:
    """The newest answer for each agency and purpose."""
    newer = Consent.objects.filter(
        case=OuterRef("case"), agency=OuterRef("agency"), purpose=OuterRef("purpose")
    ).filter(
        Q(recorded_at__gt=OuterRef("recorded_at"))
        | Q(recorded_at=OuterRef("recorded_at"), id__lt=OuterRef("id"))
    )
    answers = case.consents.filter(~Exists(newer)).select_related("recorded_by")
    return list(answers.order_by("agency", "purpose", "id"))
