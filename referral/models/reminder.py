"""Reminder: the outbox of the referral, for clocks that run out and letters that say nothing."""

from typing import ClassVar

from wpis.outbox import OutboxRow


class Reminder(OutboxRow):
    """Something the `restricted` workers do when its time has come; payloads hold ids only."""

    queue: ClassVar[str] = "restricted"
    task: ClassVar[str] = "work.reminders"
