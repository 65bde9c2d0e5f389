"""The table of the ground itself: background jobs."""

from typing import ClassVar

from wpis.outbox import OutboxRow


class BackgroundJob(OutboxRow):
    """Work that the `open` workers do after a change has been committed: letters, file checks."""

    queue: ClassVar[str] = "open"
    task: ClassVar[str] = "work.open"

    class Meta(OutboxRow.Meta):
        db_table = "wpis_errand"  # the name of the first release; grants and backups know it
