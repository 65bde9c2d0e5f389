"""Errors of look-ups in the law book; a malformed file of it is an `InvalidFile`."""

from datetime import date


class NotInForce(LookupError):
    """The law book holds no such value or ground on that day."""

    def __init__(self, name: str, day: date, hint: str = "") -> None:
        self.name = name
        self.day = day
        super().__init__(f"{name} is not in force on {day.isoformat()}" + (f": {hint}" if hint else ""))
