"""Tables of the ground itself: background jobs, the moved clock, and how far a synthetic country has been played."""

import uuid
from typing import ClassVar

from django.db import models

from wpis.outbox import OutboxRow


class BackgroundJob(OutboxRow):
    """Work that the `open` workers do after a change has been committed: letters, file checks."""

    queue: ClassVar[str] = "open"
    task: ClassVar[str] = "work.open"

    class Meta(OutboxRow.Meta):
        db_table = "wpis_errand"  # the name of the first release; grants and backups know it


class ClockOffset(models.Model):
    """How far the clock of a development database has been moved; production has no row (`wpis.clock`)."""

    ONLY: ClassVar[int] = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    moved_by = models.DurationField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="wpis_clockoffset_one_row", condition=models.Q(id=1)),
        ]


class Chronicle(models.Model):
    """A synthetic country: what it was made of, and how far it has been played.

    Each day is written with the rows of that day, in one transaction, so an interrupted seeding goes on where it
    stopped. Only the owner of the database holds any right on this table; see `wpis.development.simulation.chronicles`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seed = models.BigIntegerField(unique=True)
    applications = models.PositiveIntegerField()
    until = models.DateField(help_text="last day of the country")
    begun_at = models.DateTimeField(help_text="the real moment; nothing in the country happens after it")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the country: the same when it goes on")
    played_until = models.DateField(null=True, help_text="the last day that is over")
    memory = models.BinaryField(default=bytes, help_text="what the stages know on the next morning")
    finished_at = models.DateTimeField(null=True)
