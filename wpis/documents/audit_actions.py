"""Words for the audit actions of uploaded files."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "documents.upload.store": _("File uploaded"),
    "documents.upload.check": _("Uploaded file checked"),
}
"""Audit action -> its words. Actions keep their names for ever; the words may change."""
