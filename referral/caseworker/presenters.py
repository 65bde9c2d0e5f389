"""Presents a case: the overview, the questions to the person, the preview of a referral."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from referral.access.consent_guard import consent_missing
from referral.access.revealing import can_be_revealed
from referral.agencies.directory import Agency, Purpose, agencies
from referral.cases import person
from referral.cases.consents import all_latest_answers, latest_answer
from referral.disclosure import presenters
from referral.disclosure.packet import Packet, Withheld
from referral.models import Case, Consent
from referral.referrals import actions as referrals
from referral.shared_fields.catalogue import catalogue
from wpis.classifications.languages import language_name
from wpis.formatting.masks import DOTS


def overview(case: Case) -> dict[str, Any]:
    """Why the case exists, what the file says (covered where it must be), and how to reach the person."""
    findings = presenters.value("findings", person.value(case, "findings"))
    return {
        "rows": list(_file_rows(case)),
        "covered": DOTS,
        "findings": [findings] if isinstance(findings, str) else findings,
        "unknown": [presenters.text(sentence) for sentence in case.why["unknown"]],
        "patterns": presenters.text(case.why["patterns"]),
        "why": case.why,
        "contact": [
            (_("Safe way to reach the person"), case.contact_how),
            (_("Safe times"), case.contact_when),
            (_("If somebody else answers"), case.contact_say),
            (_("Language"), language_name(case.language) if case.language else ""),
            (_("Wished interviewer"), case.get_interviewer_wish_display()),
        ],
    }


def _file_rows(case: Case) -> Iterator[tuple[str, str, Any]]:
    """(field, title, value) of what was copied from the file; a covered value is None."""
    for slug in catalogue():
        if slug not in person.FROM_CASE and slug != "findings":
            raw = person.value(case, slug)
            yield slug, presenters.title(slug), None if _covered(slug, raw) else presenters.value(slug, raw)


def _covered(slug: str, raw: Any) -> bool:
    """Whether a value is shown only after a reason was given, on every page of a case alike."""
    return can_be_revealed(slug) and raw is not None


@dataclass(frozen=True, slots=True)
class Question:
    """One purpose of one agency with the person's latest answer, and why that allows nothing now."""

    agency: Agency
    purpose: Purpose
    answer: Consent | None
    problem: str


def questions(case: Case, at: datetime) -> list[Question]:
    """Every purpose of every agency."""
    latest = {(answer.agency, answer.purpose): answer for answer in all_latest_answers(case)}
    found = []
    for agency in agencies().values():
        for purpose in agency.purposes.values():
            answer = latest.get((agency.slug, purpose.slug))
            problems = consent_missing(purpose, answer, at)
            found.append(Question(agency, purpose, answer, problems[0] if problems else ""))
    return found


def preview(case: Case, agency: Agency, purpose: Purpose, *, at: datetime) -> dict[str, Any]:
    """What the agency would see (covered where the overview covers it), what not and why, and when it must answer."""
    content = referrals.preview(case, agency, purpose, at=at)
    consent = latest_answer(case, agency.slug, purpose.slug)
    shared = content.shared.items()
    return {
        "receiver": agency,  # `agency` names the reader's own in the header of every page
        "purpose": purpose,
        "consent": consent,
        "covered": DOTS,
        "shared": [
            (slug, presenters.title(slug), None if _covered(slug, raw) else presenters.value(slug, raw))
            for slug, raw in shared
        ],
        "not_consented": _titles(content, Withheld.NO_CONSENT),
        "not_in_mandate": _titles(content, Withheld.NOT_IN_MANDATE),
        "digest": content.digest,
        "answer_due": agency.answer_due(at),
        "access_until": referrals.access_until(agency, purpose, consent, at=at),
    }


def _titles(content: Packet, reason: Withheld) -> list[str]:
    return [presenters.title(slug) for slug, why in content.withheld.items() if why == reason]
