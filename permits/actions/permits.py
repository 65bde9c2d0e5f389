"""Permits: issue one for an approved application."""

from datetime import datetime

from django.utils import timezone

from permits import references
from permits.case_types.registry import case_type
from permits.completeness.permit_term import filed_term, obstacle
from permits.models import Application, Decision, Permit
from permits.submissions.reading import read
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
    number = references.new("P")
    code = sign(
        PermitClaims(
            number=number,
            name=initials(f"{filed.worker.given_names} {filed.worker.surname}"),
            employer=filed.employer.name_en,
            occupation=occupation_title(filed.terms.occupation, "en"),
            marz=filed.terms.province,
            valid_from=term.first,
            valid_until=term.last,
            issuer=ISSUER,
        )
    )
    permit = Permit.objects.create(
        number=number,
        application=application,
        submission=submission,
        valid_from=term.first,
        valid_until=term.last,
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
