"""Exceptions that are raised in one app and shown to people by another."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _


class Refused(Exception):
    """A step was not allowed; `reasons` are sentences to show, `field` names the input they belong to.

    Raised by actions and guards; views show it, the API answers 409 or 422 with it. Nothing was changed.
    """

    def __init__(self, reasons: Iterable[str] | str, *, field: str | None = None) -> None:
        self.reasons = [reasons] if isinstance(reasons, str) else [*reasons]
        self.field = field
        super().__init__("; ".join(str(reason) for reason in self.reasons))


class TooMany(Refused):
    """Too much was sent for now; there is room again after `retry_after`. The interfaces answer 429 with it."""

    def __init__(
        self, reasons: Iterable[str] | str, *, retry_after: timedelta, field: str | None = None
    ) -> None:
        self.retry_after = retry_after
        super().__init__(reasons, field=field)


class UnreadableRecord(Exception):
    """What is stored cannot be read: it was changed, its key is lost, or this release does not know its version.

    No view needs to catch it: one middleware and the interfaces for programs answer for all of them. A page
    that has something left to show catches it in its presenter. `reference` names the record for the administrator.
    """

    reference: str = ""


class ChangedMeanwhile(Refused):
    """What the person read has changed meanwhile, or the form does not name the version that was read."""

    def __init__(self) -> None:
        super().__init__(changed_meanwhile())


def changed_meanwhile() -> str:
    """The message for the person."""
    return _("This was changed meanwhile, so the step no longer fits. Look at the current state.")
