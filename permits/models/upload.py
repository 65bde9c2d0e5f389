"""Documents of an application: which uploaded file proves what."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """What an uploaded file is. A passport copy is enough; the original is never needed."""

    PASSPORT = "passport", _("Copy of the passport page with the photo")
    CONTRACT = "contract", _("Signed employment contract")
    PHOTO = "photo", _("Photo of the worker")
    HOUSING = "housing", _("Housing agreement")
    OTHER = "other", _("Other document")


REQUIRED_DOCUMENTS = (DocumentKind.PASSPORT, DocumentKind.CONTRACT)


class ApplicationDocument(models.Model):
    """A file attached to an application; removing keeps the row, with the moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey("permits.Application", on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=12, choices=DocumentKind.choices)
    upload = models.OneToOneField("documents.Upload", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at", "id"]
