"""Approvals of contracts that break a limit of the law: each of the two persons says why, and it is kept."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from permits.assessment.legal_limits import Limit, broken, limits
from permits.case_types.registry import case_type
from permits.models import Application, Decision, LimitJustification
from permits.submissions.reading import read_if_readable
from wpis.accounts.models import User
from wpis.audit import trail
from wpis.errors import Refused


def broken_limits(application: Application) -> list[Limit]:
    """The limits of the law that the contract breaks as it was filed last.

    Raises Refused when the file cannot be read: nobody can approve what nobody can read.
    """
    record = read_if_readable(application.submissions.select_related("application").latest("number"))
    if record is None:
        raise Refused(
            _("This file cannot be read, so it cannot be approved. Report it to the administrator.")
        )
    assert application.submitted_at
    filed = timezone.localdate(application.submitted_at)
    return [limit.name for limit in broken(limits(record, filed, case_type(application.kind)))]


def needed(application: Application, justification: str) -> list[Limit]:
    """The limits that the contract breaks. Raises Refused where there are some and the person does not say why."""
    found = broken_limits(application)
    if found and not justification.strip():
        raise Refused(
            _("Say why the application is to be approved although the contract breaks a limit of the law"),
            field="justification",
        )
    return found


def keep(decision: Decision, found: list[Limit], justification: str, *, by: User, at: datetime) -> None:
    """Keep this person's reason with the decision; nothing is kept of a contract that breaks no limit."""
    if not found:
        return
    row = LimitJustification.objects.create(
        decision=decision, limits=[limit.value for limit in found], reason=justification.strip(), by=by, at=at
    )
    trail.record("permits.decision.justify", by=by, subject=row, limits=row.limits)
