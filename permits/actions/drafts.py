"""Drafts that are not wanted: whoever may file for the employer deletes one, and brings it back within the day."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from permits.actions.applications import lock, lock_even_deleted
from permits.drafts.deleted import UNDO
from permits.models import Application, DraftActivity
from permits.parts.catalogue import MODELS
from permits.states import State
from permits.submissions.draft import Draft, content_id
from wpis.accounts.models import User
from wpis.audit import trail
from wpis.errors import ChangedMeanwhile, Refused


@transaction.atomic
def delete(application: Application, *, expected_draft: UUID | Draft, by: User, at: datetime) -> None:
    """Delete a draft: at once for everybody, its rows and files by `wpis.retention` once `restore` is over.

    Raises Refused for what was submitted, which is withdrawn and stays, and ChangedMeanwhile when the draft is not
    `expected_draft`, the content that the person read (see `content_id`).
    """
    current = lock(application, "employer", *MODELS, by=by)
    if current.state != State.DRAFT:
        raise Refused(
            _(
                "This application was submitted, so it cannot be deleted. You can withdraw it while it is in review."
            )
        )
    if expected_draft not in (Draft.AS_SAVED, content_id(current)):
        raise ChangedMeanwhile
    DraftActivity.objects.filter(pk=current.pk).update(deleted_at=at, told_at=None)
    trail.record("permits.application.delete", by=by, subject=current)


@transaction.atomic
def restore(application: Application, *, by: User, at: datetime) -> None:
    """Bring a deleted draft back as it was; one that is there already stays. Raises Refused when it is too late."""
    current = lock_even_deleted(application, by=by)
    deleted = DraftActivity.objects.filter(pk=current.pk, deleted_at__isnull=False)
    if not deleted.exists():
        return
    if not deleted.filter(deleted_at__gt=at - UNDO).update(deleted_at=None, touched_at=at, told_at=None):
        raise Refused(_("This draft was deleted too long ago to bring it back."))
    trail.record("permits.application.restore", by=by, subject=current)
