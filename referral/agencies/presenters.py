"""How agencies, purposes and outcomes of the directory are named for a reader."""

from referral.agencies.directory import Agency, find_agency
from referral.models import Consent, Referral
from wpis.languages.reader import translated


def agency_name(slug: str) -> str:
    """The name of an agency; its slug when it left the directory."""
    agency = find_agency(slug)
    return translated(agency.name) if agency else slug


def purpose_title(subject: Referral | Consent) -> str:
    """What a referral or an answer is for; the slug of the purpose when it left the directory."""
    agency = find_agency(subject.agency)
    purpose = agency.purposes.get(subject.purpose) if agency else None
    return translated(purpose.title) if purpose else subject.purpose


def outcome_title(referral: Referral) -> str:
    """What came of a referral; empty before there is an outcome."""
    agency = find_agency(referral.agency)
    outcome = agency.outcomes.get(referral.outcome) if agency and referral.outcome else None
    return translated(outcome.title) if outcome else referral.outcome


def outcome_choices(agency: Agency | None) -> list[tuple[str, str]]:
    """What may come of a referral at this agency: slug and title."""
    return [(slug, translated(outcome.title)) for slug, outcome in agency.outcomes.items()] if agency else []
