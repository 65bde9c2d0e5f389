"""Reminder: the outbox of this app, for answers that are due, e-mails without content and letters about accounts."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from wpis.outbox import OutboxRow


class Reminder(OutboxRow):
    """One job of the `restricted` workers, done when it is due; payloads hold ids, or a sealed letter."""

    queue: ClassVar[str] = "restricted"
    task: ClassVar[str] = "work.reminders"
    label = _("reminders and e-mails")
    letters_of: ClassVar[frozenset[str]] = frozenset({"protection"})
    waits_since: ClassVar[str] = "due_at"  # a reminder is written long before it is due
