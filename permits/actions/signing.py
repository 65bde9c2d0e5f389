"""Signs permits again whose key was stolen: the owner of the database orders it, the office's own process does it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from permits.actions.permits import claims_of
from permits.models import Permit, PermitSigning
from permits.submissions.reading import read
from wpis.audit import trail
from wpis.audit.digests import Genuine, genuine
from wpis.audit.models import AuditEvent, DigestStart
from wpis.crypto.keys import permit_key, permit_public_keys
from wpis.crypto.permit_codes import InvalidPermitCode, PermitClaims, beginning, issue, verify
from wpis.errors import Refused, UnreadableRecord

BATCH = 200
NAMED = 50
"""How many permits that are not signed again are named; the rest is counted."""

ISSUERS = ("office", "owner")
"""The surfaces whose processes issue permits: the owner's in a simulation and under the first release."""


@dataclass(slots=True)
class Report:
    """What became of the permits of one key: those that were done, and why the others were not."""

    done: int = 0
    refused: int = 0
    reasons: list[str] = field(default_factory=list)

    def refuse(self, permit: Permit, reason: str) -> None:
        """One permit that stays as it is; only the first ones are named."""
        self.refused += 1
        if len(self.reasons) < NAMED:
            self.reasons.append(f"{permit.number}: {reason}")


def in_force(on: date) -> QuerySet[Permit]:
    """Permits that count on this day, or will from a later one."""
    return Permit.objects.filter(revoked_at=None, valid_until__gte=on)


def under(kid: str, on: date) -> QuerySet[Permit]:
    """Permits in force whose present code is signed with this key, whether or not signing them again is ordered."""
    newest = PermitSigning.objects.filter(permit=OuterRef("pk")).exclude(signed_at=None)
    signed_again = Subquery(newest.order_by("-signed_at", "-ordered_at").values("code")[:1])
    return (
        in_force(on)
        .alias(present=Coalesce(signed_again, F("code")))
        .filter(present__startswith=beginning(kid))
    )


@transaction.atomic
def order(kid: str, *, at: datetime) -> Report:
    """Order that every permit in force under a stolen key is signed again; only the owner of the database may.

    A permit is ordered when the audit trail tells of its issue, genuinely: what somebody wrote into the register past
    the service is named and not ordered. Ordering again adds what was missing. Raises Refused.
    """
    key = permit_public_keys().get(kid)
    if key is None or key.stolen_since is None:
        raise Refused(f"{kid} is not marked as stolen in WPIS_PERMIT_PUBLIC_KEYS.")
    report = Report()
    known = PermitSigning.objects.filter(permit=OuterRef("pk"), former_kid=kid)
    waiting = under(kid, timezone.localdate(at)).alias(known=Subquery(known.values("pk")[:1]))
    for batch in _batches(waiting.filter(known=None)):
        told = _told_genuinely(batch)
        ordered = [permit for permit in batch if permit.pk in told]
        PermitSigning.objects.bulk_create(
            PermitSigning(permit=permit, former_kid=kid, ordered_at=at) for permit in ordered
        )
        report.done += len(ordered)
        for permit in batch:
            if permit.pk not in told:
                report.refuse(permit, "the audit trail does not tell of its issue")
    if report.done or report.refused:
        trail.record("permits.key.replace", by=None, kid=kid, ordered=report.done, refused=report.refused)
    return report


def open_orders(on: date) -> QuerySet[PermitSigning]:
    """What is ordered, not signed yet, and about a permit in force."""
    return PermitSigning.objects.filter(
        signed_at=None, permit__revoked_at=None, permit__valid_until__gte=on
    ).order_by("pk")


def sign_waiting(*, at: datetime) -> Report:
    """Sign what is ordered with the key of this process, batch by batch; a run that was ended is taken up by the next.

    A permit whose former code does not say what the register says stays unsigned and is named.
    """
    kid, report, last = permit_key().kid, Report(), None
    while True:
        with transaction.atomic():
            waiting = open_orders(timezone.localdate(at)).exclude(former_kid=kid)
            if last is not None:
                waiting = waiting.filter(pk__gt=last)
            rows = waiting.select_related("permit__submission").select_for_update(
                of=("self",), skip_locked=True
            )
            batch = list(rows[:BATCH])
            for row in batch:
                _sign(row, kid, report, at=at)
        if not batch:
            return report
        last = batch[-1].pk


def _sign(row: PermitSigning, kid: str, report: Report, *, at: datetime) -> None:
    try:
        claims = claims_of(row.permit, read(row.permit.submission))
    except UnreadableRecord:
        return report.refuse(row.permit, "what was filed cannot be read")
    before = _claims_before(row)
    if before is None or _identity(before) != _identity(claims):
        return report.refuse(row.permit, "its former code does not say what the register says")
    row.kid, row.code, row.signed_at = kid, issue(claims), at
    row.save(update_fields=["kid", "code", "signed_at"])
    trail.record(
        "permits.permit.sign_again",
        by=None,
        subject=row,
        permit=row.permit.number,
        kid=kid,
        former=row.former_kid,
    )
    report.done += 1
    return None


def _claims_before(row: PermitSigning) -> PermitClaims | None:
    """What the code says that the stolen key signed, which is proved by nobody any more, and so only compared."""
    last = row.permit.last_signing
    try:
        return verify(last.code if last else row.permit.code, now=row.ordered_at)
    except InvalidPermitCode as invalid:
        return invalid.unproven or invalid.claims


def _identity(claims: PermitClaims) -> tuple[object, ...]:
    """What must not change; the words of an occupation follow the catalogue of the day."""
    return (claims.number, claims.name, claims.employer, claims.valid_from, claims.valid_until)


def _batches(permits: QuerySet[Permit]) -> Iterator[list[Permit]]:
    last = None
    while batch := list(permits.filter(Q(pk__gt=last) if last else Q()).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def _told_genuinely(permits: list[Permit]) -> set[UUID]:
    """Those of which an event of the trail tells that they were issued, whose digest is right or older than digests."""
    began = DigestStart.began(AuditEvent)
    events = AuditEvent.objects.filter(
        action="permits.permit.issue", subject__in=[permit.pk for permit in permits], surface__in=ISSUERS
    )
    return {
        event.subject
        for event in events
        if event.subject
        and genuine(event, began=began, surface=event.surface) in (Genuine.YES, Genuine.BEFORE)
    }
