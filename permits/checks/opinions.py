"""Opinions of the agencies of the one window: asked for a submission, and recorded once as the agency gave them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from permits import ownership, powers
from permits.agencies.directory import Meaning, Reader, agencies
from permits.check_kinds import CheckKind
from permits.models import Application, Check, OpinionText, State, Submission
from wpis.accounts.models import User
from wpis.accounts.powers import authorize
from wpis.audit import trail
from wpis.errors import ChangedMeanwhile, Refused


def unasked(submission: Submission, wanted: Iterable[str], *, at: datetime) -> list[Check]:
    """The rows, not stored yet, that ask these agencies about a submission; those unknown to the law are left out."""
    submitted = submission.application.submitted_at
    assert submitted
    day = timezone.localdate(submitted)
    return [
        Check(
            submission=submission,
            kind=CheckKind.OPINION,
            agency=agency.slug,
            requested_at=at,
            due_on=agency.due_on(timezone.localdate(at), submitted=day),
        )
        for agency in (agencies()[slug] for slug in dict.fromkeys(wanted))
        if agency.is_asked_on(day)
    ]


@transaction.atomic
def request_opinions(
    application: Application, wanted: Iterable[str], *, by: User, at: datetime
) -> list[Check]:
    """Ask agencies beyond those of the case type about the newest submission of a file in review.

    Raises Refused for somebody else's file, and for an agency that is not asked under the law of that file.
    """
    authorize(by, powers.REQUEST_OPINION)
    current = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if reasons := ownership.own_file(current, by):
        raise Refused(reasons)
    if current.state != State.IN_REVIEW:
        raise ChangedMeanwhile
    newest = current.submissions.select_related("application").latest("number")
    asked = set(newest.checks.filter(kind=CheckKind.OPINION).values_list("agency", flat=True))
    new = [slug for slug in dict.fromkeys(wanted) if slug not in asked]
    rows = unasked(newest, [slug for slug in new if slug in agencies()], at=at)
    if not rows or len(rows) < len(new):
        raise Refused(_("Choose agencies that can be asked about this file now"), field="agencies")
    Check.objects.bulk_create(rows)
    for row in rows:
        trail.record("permits.opinion.request", by=by, subject=row, agency=row.agency)
    return rows


@transaction.atomic
def record_opinion(
    check: Check, outcome: str, text: str, *, employer_text: str = "", by: User, at: datetime
) -> Check:
    """Record what an agency answered, once: `text` for the office alone, `employer_text` for the employer to read.

    Raises Refused when it no longer waits, for the officer of the file, for an outcome that is not this agency's,
    and for words to the employer where the agency's are for the office only.
    """
    authorize(by, powers.RECORD_OPINION)
    current = (
        Check.objects.select_for_update(no_key=True, of=("self",))
        .select_related("submission__application")
        .get(pk=check.pk)
    )
    if (
        current.kind != CheckKind.OPINION
        or current.completed_at
        or current.overridden_at
        or current.superseded_at
    ):
        raise Refused(_("This check no longer waits."))
    if current.submission.application.officer_id == by.pk:
        raise Refused(_("The officer of a file does not record an opinion on it. Ask a colleague."))
    agency = agencies()[current.agency]
    if outcome not in agency.outcomes:
        raise Refused(_("Choose an outcome of this agency"), field="outcome")
    if not text.strip() and agency.outcomes[outcome].means is not Meaning.NO_OBJECTION:
        raise Refused(_("Say what the agency wrote"), field="text")
    if employer_text.strip() and Reader.EMPLOYER not in agency.read_by:
        raise Refused(_("What this agency writes is for the office only"), field="employer_text")
    current.completed_at, current.answered_by, current.outcome = at, by, outcome
    current.employer_text = employer_text.strip()
    current.save(update_fields=["completed_at", "answered_by", "outcome", "employer_text"])
    if text.strip():
        OpinionText.objects.create(check_row=current, text=text.strip())
    trail.record(
        "permits.opinion.record", by=by, subject=current, agency=current.agency, outcome=current.outcome
    )
    return current
