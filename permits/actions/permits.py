"""Permits: issue one for an approved application."""

from datetime import datetime

from django.utils import timezone

from permits import references
from permits.case_types.registry import case_type
from permits.completeness.permit_term import filed_term, obstacle
from permits.models import Application, Decision, Permit
from permits.submissions.reading import read
from permits.submissions.records import SubmissionRecord
from wpis.accounts.models import User
from wpis.audit import trail
from wpis.classifications.occupations import occupation_title
from wpis.classifications.provinces import Province
from wpis.crypto.permit_codes import PermitClaims
from wpis.crypto.permit_codes import issue as sign
from wpis.errors import Refused
from wpis.formatting.masks import initials

ISSUER = "Migration and Citizenship Service, MIA RA"


def issue(application: Application, decision: Decision, *, by: User, at: datetime) -> Permit:
    """Issue the permit of an approved application for the term that `permit_term` finds.

    Raises Refused when contract or passport leave no day for it: none may begin after, or outlast, what it rests on.
    """
    submission = application.submissions.latest("number")
    filed = read(submission)
    day = timezone.localdate(at)
    term = filed_term(case_type(application.kind), filed, on=day)
    assert term, "this case type issues no permit"
    if reason := obstacle(term):
        raise Refused(f"{reason[2]}.")
    permit = Permit(
        number=references.new("P"),
        application=application,
        submission=submission,
        valid_from=term.first,
        valid_until=term.last,
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
