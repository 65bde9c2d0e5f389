"""Reminder: the outbox of this app, for answers that are due and e-mails without content."""

from typing import ClassVar

from wpis.outbox import OutboxRow


class Reminder(OutboxRow):
    """One job of the `restricted` workers, done when it is due; payloads hold ids only."""

    queue: ClassVar[str] = "restricted"
    task: ClassVar[str] = "work.reminders"
