"""What an uploaded file is; below the models, so that a case type can say which kinds it requires."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """What an uploaded file is. A passport copy is enough; the original is never needed."""

    PASSPORT = "passport", _("Copy of the passport page with the photo")
    CONTRACT = "contract", _("Signed employment contract")
    PHOTO = "photo", _("Photo of the worker")
    HOUSING = "housing", _("Housing agreement")
    OTHER = "other", _("Other document")
