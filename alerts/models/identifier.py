"""Identifiers: what ties applications together, as digests that only tell equal from different."""

import uuid

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class IdentifierKind(models.TextChoices):
    """What a digest was made from."""

    ADDRESS = "address", _("housing address")
    PHONE = "phone", _("worker's telephone")
    EMAIL = "email", _("worker's e-mail")
    ACCOUNT = "account", _("wage account")
    RECRUITER = "recruiter", _("recruiter")
    EMPLOYER = "employer", _("employer")


class Identifier(models.Model):
    """One value in one submission; the value itself stays in the sealed submission."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=IdentifierKind.choices)
    digest = models.UUIDField(help_text="first 128 bits of the blind index of the normalised value")
    submission = models.UUIDField()
    application = models.UUIDField()
    employer = models.UUIDField()
    worker = models.UUIDField(help_text="first 128 bits of the blind index of the passport number")
    seen_at = models.DateTimeField(help_text="when the submission was filed")
    position = models.BigIntegerField(
        help_text="place of the submission in the order of arrival; one moment of filing is one place"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "kind", "digest"], name="identifier_once"),
        ]
        indexes = [
            # Everything that a link or a count asks for lies in its index; the table itself is not read.
            models.Index(
                fields=["kind", "digest", "-seen_at"],
                include=["worker", "employer", "application", "submission"],
                name="identifier_link",
            ),
            models.Index(
                fields=["kind", "digest", "-position"],
                include=["worker", "employer", "application", "seen_at"],
                name="identifier_arrived",
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
