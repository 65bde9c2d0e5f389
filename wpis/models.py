"""Tables of the base layer: background jobs, and the moved clock of a development database."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from wpis.outbox import OutboxRow


class BackgroundJob(OutboxRow):
    """Work that the `open` workers do after a change has been committed: letters.

    Of an earlier release it may hold checks of files, which are handed on to their own queue.
    """

    queue: ClassVar[str] = "open"
    task: ClassVar[str] = "work.open"
    label = _("letters")

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
