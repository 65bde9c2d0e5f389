"""Documents of an application: which uploaded file proves what."""

import uuid

from django.db import models

from permits.document_kinds import DocumentKind


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
