"""Drafts that are not wanted: whoever may file for the employer deletes one, and nobody finds it from then on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from permits.actions.applications import lock
from permits.models import Application, DraftActivity
from permits.parts.catalogue import MODELS
from permits.states import State
from permits.submissions.draft import Draft, content_id
from wpis.accounts.models import User
from wpis.audit import trail
from wpis.errors import ChangedMeanwhile, Refused


@transaction.atomic
def delete(application: Application, *, expected_draft: UUID | Draft, by: User, at: datetime) -> None:
    """Delete a draft: at once for everybody, its rows and files by `wpis.retention`. It cannot be undone.

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
    DraftActivity.objects.filter(pk=current.pk).update(deleted_at=at)
    trail.record("permits.application.delete", by=by, subject=current)
