"""Permits: issue one for an approved application."""

from datetime import datetime, timedelta

from django.utils import timezone

from permits import references
from permits.choices import occupation_title
from permits.models import Application, Decision, Permit
from permits.submissions.reading import read
from wpis import law
from wpis.audit import trail
from wpis.classifications.provinces import Province
from wpis.crypto.permit_codes import PermitClaims, part_masked
from wpis.crypto.permit_codes import issue as sign
from wpis.law.deadline import TermUnit, add_term

ISSUER = "Migration and Citizenship Service, MIA RA"


def issue(application: Application, decision: Decision, *, at: datetime) -> Permit:
    """Issue the permit of an approved application for the contract's term, at most the legal maximum."""
    submission = application.submissions.latest("number")
    filed = read(submission)
    day = timezone.localdate(at)
    starts = max(filed.terms.starts_on, day)
    months = law.in_force(day).permit_term_months_maximum
    longest = add_term(starts, months, TermUnit.MONTHS) - timedelta(days=1)
    ends = max(starts, min(filed.terms.ends_on, longest))
    number = references.new("P")
    code = sign(
        PermitClaims(
            number=number,
            name=part_masked(f"{filed.worker.given_names} {filed.worker.surname}"),
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
        by=decision.settled_by,
        subject=permit,
        province=Province(filed.terms.province),
    )
    return permit
