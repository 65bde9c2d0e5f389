"""Permits: issue one for an approved application."""

from datetime import datetime, timedelta

from django.utils import timezone

from permits import references
from permits.case_types.registry import case_type
from permits.models import Application, Decision, Permit
from permits.submissions.reading import read
from wpis import law
from wpis.accounts.models import User
from wpis.audit import trail
from wpis.classifications.occupations import occupation_title
from wpis.classifications.provinces import Province
from wpis.crypto.permit_codes import PermitClaims
from wpis.crypto.permit_codes import issue as sign
from wpis.formatting.masks import initials
from wpis.law.deadline import TermUnit, add_term

ISSUER = "Migration and Citizenship Service, MIA RA"


def issue(application: Application, decision: Decision, *, by: User, at: datetime) -> Permit:
    """Issue the permit of an approved application for the contract's term, at most the longest of its case type."""
    submission = application.submissions.latest("number")
    filed = read(submission)
    day = timezone.localdate(at)
    starts = max(filed.terms.starts_on, day)
    parameter = case_type(application.kind).longest_term
    assert parameter, "this case type issues no permit"
    months: int = getattr(law.in_force(day), parameter)
    longest = add_term(starts, months, TermUnit.MONTHS) - timedelta(days=1)
    ends = max(starts, min(filed.terms.ends_on, longest))
    number = references.new("P")
    code = sign(
        PermitClaims(
            number=number,
            name=initials(f"{filed.worker.given_names} {filed.worker.surname}"),
            employer=filed.employer.name_en,
            occupation=occupation_title(filed.terms.occupation, "en"),
            marz=filed.terms.province,
            valid_from=starts,
            valid_until=ends,
            issuer=ISSUER,
        )
    )
    permit = Permit.objects.create(
        number=number,
        application=application,
        submission=submission,
        valid_from=starts,
        valid_until=ends,
        ground=decision.ground,
        issued_at=at,
        code=code,
    )
    trail.record(
        "permits.permit.issue",
        by=by,
        subject=permit,
        province=Province(filed.terms.province),
    )
    return permit
