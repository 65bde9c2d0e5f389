"""The column of a date of which a part may be unknown."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models

from wpis.dates.partial import PartialDate

if TYPE_CHECKING:
    Base = models.CharField[PartialDate | date | None, PartialDate | None]
else:
    Base = models.CharField

LENGTH = 10
ISO = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
"""What the database lets stand in such a column."""


class PartialDateField(Base):
    """Text of ISO 8601, so that it sorts by its known part; None when nothing is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = LENGTH
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> PartialDate | None:
        return None if value is None else PartialDate.parse(value)

    def to_python(self, value: Any) -> PartialDate | None:
        return None if value in (None, "") else PartialDate.of(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value in (None, "") else PartialDate.of(value).isoformat()
