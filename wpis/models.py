"""Tables of the base layer: background jobs, granted rights, signs of life, and the clock of a development database."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from wpis.database_roles import happens_now
from wpis.outbox import OutboxRow


class BackgroundJob(OutboxRow):
    """Work that the `open` workers do after a change has been committed: letters.

    Of an earlier release it may hold checks of files, which are handed on to their own queue.
    """

    queue: ClassVar[str] = "open"
    task: ClassVar[str] = "work.open"
    label = _("letters")
    letters_of: ClassVar[frozenset[str]] = frozenset({"portal", "office"})

    class Meta(OutboxRow.Meta):
        db_table = "wpis_errand"  # the name of the first release; grants and backups know it


class SignOfLife(models.Model):
    """When a background process last worked; the row of each is written by its own surface (`wpis.grants.PARTS`)."""

    part = models.CharField(max_length=20, primary_key=True)
    seen_at = models.DateTimeField()

    class Meta:
        triggers = [happens_now("seen_at")]


class ClockOffset(models.Model):
    """How far the clock of a development database has been moved; production has no row (`wpis.clock`)."""

    ONLY: ClassVar[int] = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    moved_by = models.DurationField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="wpis_clockoffset_one_row", condition=models.Q(id=1)),
        ]


class GrantedRights(models.Model):
    """What a release of the code declared that a surface's role may do; `grant_surfaces` writes it, as the owner.

    The rows of this release, and of the former one until the upgrade is finished: processes of both start.
    """

    surface = models.CharField(max_length=10)
    former = models.BooleanField()
    rights = models.JSONField(help_text="table -> privilege -> columns, or * for all")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["surface", "former"], name="wpis_grantedrights_once"),
        ]
