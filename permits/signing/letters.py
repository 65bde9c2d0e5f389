"""Letters to employers whose permits were signed again: one to each person who filed, when all of them are done."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from permits.models import Employer, PermitSigning
from permits.queries import may_file_for
from wpis.letters.sending import sending
from wpis.models import BackgroundJob

KIND = "permits_signed_again"
NAMED = 50
"""How many permits a letter names; the rest stands on the overview of the portal."""

_KEYS = uuid.UUID("5b0c5e0e-4c7e-4a55-9f3b-6f1d1f7f6f0a")


def queue(on: date, *, at: datetime) -> int:
    """Write a job for each letter that is owed and not written yet; how many are new.

    An employer is told when nothing of theirs waits any more for its signature, once for each order.
    """
    signed = PermitSigning.objects.exclude(signed_at=None)
    waiting = PermitSigning.objects.filter(
        signed_at=None, permit__revoked_at=None, permit__valid_until__gte=on
    )
    ready = signed.exclude(permit__application__employer__in=waiting.values("permit__application__employer"))
    owed = ready.values_list(
        "former_kid", "ordered_at", "permit__application__employer", "permit__application__created_by"
    )
    jobs = [
        _job(kid, ordered_at, employer, filer, at)
        for kid, ordered_at, employer, filer in owed.distinct().iterator(chunk_size=1000)
    ]
    written = set(BackgroundJob.objects.filter(kind=KIND).values_list("key", flat=True))
    new = [job for job in jobs if job.key not in written]
    BackgroundJob.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    return len(new)


def _job(
    kid: str, ordered_at: datetime, employer: uuid.UUID, filer: uuid.UUID, at: datetime
) -> BackgroundJob:
    about = {
        "kid": kid,
        "ordered_at": ordered_at.isoformat(),
        "employer": str(employer),
        "filer": str(filer),
    }
    key = uuid.uuid5(_KEYS, "|".join(about.values()))
    return BackgroundJob(kind=KIND, key=key, payload=about, created_at=at, due_at=at)


def prepare(job: BackgroundJob, at: datetime) -> Callable[[], object]:
    """Write the letter in the language of the newest application; the returned effect sends it."""
    about = job.payload
    employer = Employer.objects.get(pk=about["employer"])
    signed = _signed(about)
    newest = signed[0].permit.application
    with translation.override(newest.language):
        context: dict[str, Any] = {
            "employer": employer.name(newest.language),
            "permits": signed[:NAMED],
            "more": max(0, len(signed) - NAMED),
            "url": f"{settings.WPIS_PORTAL_URL}/?hl={newest.language}",
        }
        body = render_to_string("permits/letters/signed_again.txt", context)
        subject = _("Work permit service: new prints of your permits")
    to = newest.created_by.email if may_file_for(newest.created_by, employer.pk) else employer.email
    return sending(job, to=to, subject=subject, body=body)


def _signed(about: dict[str, str]) -> list[PermitSigning]:
    found: QuerySet[PermitSigning] = PermitSigning.objects.filter(
        former_kid=about["kid"],
        ordered_at=datetime.fromisoformat(about["ordered_at"]),
        permit__application__employer=uuid.UUID(about["employer"]),
        permit__application__created_by=uuid.UUID(about["filer"]),
    ).exclude(signed_at=None)
    return list(
        found.select_related("permit__application__created_by").order_by(
            "-permit__application__created_at", "pk"
        )
    )
