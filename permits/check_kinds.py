"""The kinds of checks an application waits for, and how much an agency's opinion weighs; below the models."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckKind(models.TextChoices):
    """Who completes a check: the service by itself, or an agency of the one window."""

    AUTOMATIC = "automatic", _("Automatic checks")
    DOCUMENTS = "documents", _("Check of the uploaded files")
    OPINION = "opinion", _("Opinion of an agency")


class Weight(StrEnum):
    """What an agency's opinion means for an approval. One that has not come holds it in either case."""

    BINDING = "binding"
    """An objection holds the approval."""
    ADVISORY = "advisory"
    """An objection is read and weighed by the officer."""
