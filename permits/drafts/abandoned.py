"""Which drafts are abandoned, when they will be deleted, and the letter that says so before."""

import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from permits.models import Application, DraftActivity
from permits.queries import may_file_for
from permits.states import State
from wpis.formatting.days import written_day
from wpis.letters.sending import nothing, sending
from wpis.models import BackgroundJob
from wpis.retention.periods import Kept, kept_on

KIND = "draft_ends"
PERIOD = "abandoned_drafts"
BATCH = 500

_KEYS = uuid.UUID("0a9a2b57-5d0e-4d54-8a7a-0b1f5d7f7b11")


def period(on: date) -> Kept | None:
    """How long a draft is kept that nobody works on, by the rules of that day; None while nothing deletes drafts."""
    return next((kept for kept in kept_on(on) if kept.kind == PERIOD), None)


def ends_on(application: Application) -> date | None:
    """The first day on which this draft can be deleted; None unless its owner has been told."""
    draft = DraftActivity.objects.filter(pk=application.pk).first()
    return _last_day(draft) if draft else None


def _last_day(draft: DraftActivity) -> date | None:
    kept = period(timezone.localdate(draft.told_at)) if draft.told_at else None
    if kept is None or draft.told_at is None:
        return None
    last = max(draft.touched_at + timedelta(days=kept.days), draft.told_at + timedelta(days=kept.told_before))
    return timezone.localdate(last) + timedelta(days=1)


@transaction.atomic
def tell_owners(*, at: datetime) -> int:
    """Write the letters about drafts that will be deleted soon; how many, at most one batch."""
    kept = period(timezone.localdate(at))
    if kept is None:
        return 0
    untouched = DraftActivity.objects.filter(
        touched_at__lte=at - timedelta(days=kept.days - kept.told_before),
        told_at=None,
        deleted_at=None,
        application__state=State.DRAFT,
    )
    found = list(untouched.select_for_update(of=("self",), skip_locked=True).order_by("touched_at")[:BATCH])
    DraftActivity.objects.filter(pk__in=[draft.pk for draft in found]).update(told_at=at)
    BackgroundJob.objects.bulk_create(
        BackgroundJob(
            kind=KIND,
            key=uuid.uuid5(_KEYS, f"{draft.pk} {at.isoformat()}"),
            payload={"application": str(draft.pk)},
            created_at=at,
            due_at=at,
        )
        for draft in found
    )
    return len(found)


def prepare(job: BackgroundJob, at: datetime) -> Callable[[], object]:
    """Write the letter in the language of the draft; of one that was worked on, filed or deleted since, none."""
    draft = (
        DraftActivity.objects.select_related("application__employer", "application__created_by")
        .filter(pk=job.payload["application"], application__state=State.DRAFT, deleted_at=None)
        .first()
    )
    last = _last_day(draft) if draft else None
    if draft is None or last is None:
        return nothing
    application = draft.application
    with translation.override(application.language):
        body = render_to_string(
            "permits/letters/draft_ends.txt",
            {
                "started_on": timezone.localdate(application.created_at),
                "ends_on": last,
                "employer": application.employer.name(application.language),
                "url": f"{settings.WPIS_PORTAL_URL}/applications/{application.pk}/?hl={application.language}",
            },
        )
        subject = _("Work permit service: a draft will be deleted from %(day)s on") % {
            "day": written_day(last)
        }
    return sending(job, to=_reader(application), subject=subject, body=body)


def _reader(application: Application) -> str:
    filer = application.created_by
    return filer.email if may_file_for(filer, application.employer_id) else application.employer.email
