"""Masked values, which are revealed only after an officer gives a reason."""

from django.core.exceptions import BadRequest
from django.db import models
from django.utils.translation import gettext_lazy as _

from permits.models import Application
from permits.parts.catalogue import SUBMITTED
from permits.submissions.reading import read
from wpis.accounts.models import User
from wpis.audit import trail

MASKED = {
    f"{part.name}.{field.name}": field.masked
    for part in SUBMITTED.values()
    for field in part.fields
    if field.masked
}
"""Part and field -> label, of the fields whose declaration covers them."""


class Why(models.TextChoices):
    """Why a masked value is looked at."""

    IDENTITY = "identity", _("To check the identity")
    PASSPORT = "passport", _("To compare it with the passport")
    CONTACT = "contact", _("To contact the person")
    CORRECTION = "correction", _("To have wrong data corrected")
    REQUEST = "request", _("A legal request")
    QUALITY = "quality", _("To check the quality of a decision")
    OTHER = "other", _("Another reason")


def reveal(application: Application, field: str, why: str, note: str, *, by: User) -> str:
    """The value in full as filed last, against an audit row that says who wanted it and why.

    What the officer wrote about it is encrypted; the auditor alone reads it.
    """
    if field not in MASKED:
        raise BadRequest(field)
    part, name = field.split(".")
    filed = read(application.submissions.latest("number"))
    trail.record("permits.worker.reveal", by=by, subject=application, field=field, why=why, note=note.strip())
    return str(getattr(getattr(filed, part), name) or "")
