"""Errand: the outbox for work in the open, such as letters to applicants and checks of uploads."""

from typing import ClassVar

from wpis.outbox import OutboxRow


class Errand(OutboxRow):
    """Something the `open` workers do after a change has been committed."""

    queue: ClassVar[str] = "open"
    task: ClassVar[str] = "work.open"
