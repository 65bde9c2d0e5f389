"""The audit event of a check that has completed: one for each, of one form, whatever was found."""

from collections.abc import Sequence

from permits.check_kinds import CheckKind
from permits.models import Check
from wpis.audit import trail


def record_completed(checks: Sequence[Check], kind: CheckKind) -> None:
    """Record, in the transaction that completes them, that the service has completed these checks.

    Nothing in the event depends on what was found: neither its columns nor its moment nor how many statements it takes.
    """
    if checks:
        trail.record_each("permits.check.complete", by=None, subjects=checks, kind=kind.value)
