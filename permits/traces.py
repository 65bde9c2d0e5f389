"""What of the procedure must stand in the audit trail: `manage.py verify_audit` finds what was written past it."""

from django.db.models import Q

from permits.models import Check, CheckKind, Permit, PermitSigning
from wpis.audit.verification import Trace

TRACES = (
    Trace(
        model=Check,
        about=Q(overridden_at__isnull=False),
        action="permits.check.override",
        actor="overridden_by",
    ),
    Trace(
        model=Check,
        about=Q(kind=CheckKind.OPINION, completed_at__isnull=False),
        action="permits.opinion.record",
        actor="answered_by",
    ),
    Trace(
        model=Check,
        about=Q(completed_at__isnull=False) & ~Q(kind=CheckKind.OPINION),
        action="permits.check.complete",
        moment="completed_at",
    ),
    Trace(model=Permit, about=Q(), action="permits.permit.issue"),
    Trace(model=PermitSigning, about=Q(signed_at__isnull=False), action="permits.permit.sign_again"),
)
