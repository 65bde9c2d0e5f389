"""Exceptions that cross from one app to another and end as words a person reads."""

from collections.abc import Iterable


class Refused(Exception):
    """A step was not allowed; `reasons` are sentences to show, `field` names the input they belong to.

    Raised by actions and guards; views show it, the API answers 409 or 422 with it. Nothing was changed.
    """

    def __init__(self, reasons: Iterable[str] | str, *, field: str | None = None) -> None:
        self.reasons = [reasons] if isinstance(reasons, str) else [*reasons]
        self.field = field
        super().__init__("; ".join(str(reason) for reason in self.reasons))
