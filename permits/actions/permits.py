"""Permits: issue one for an approved application."""

from datetime import datetime, timedelta

from django.utils import timezone

from permits import references
from permits.case_types.registry import case_type
from permits.models import Application, Decision, Permit
from permits.submissions.reading import read
from permits.submissions.records import SubmissionRecord
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
    permit = Permit(
        number=references.new("P"),
        application=application,
        submission=submission,
        valid_from=starts,
        valid_until=ends,
        ground=decision.ground,
        issued_at=at,
    )
    permit.code = sign(claims_of(permit, filed))
    permit.save(force_insert=True)
    trail.record(
        "permits.permit.issue",
        by=by,
        subject=permit,
        province=Province(filed.terms.province),
    )
    return permit


def claims_of(permit: Permit, filed: SubmissionRecord) -> PermitClaims:
    """What the signed code says of a permit, out of the register and of what was filed."""
    return PermitClaims(
        number=permit.number,
        name=initials(f"{filed.worker.given_names} {filed.worker.surname}"),
        employer=filed.employer.name_en,
        occupation=occupation_title(filed.terms.occupation, "en"),
        marz=filed.terms.province,
        valid_from=permit.valid_from,
        valid_until=permit.valid_until,
        issuer=ISSUER,
    )
