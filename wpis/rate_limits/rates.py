"""Parses rates in settings: `60/min` is sixty requests in any minute."""

import re
from datetime import timedelta

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def read_rate(text: str) -> tuple[int, timedelta]:
    """How many requests, in which stretch of time. Raises ValueError for what is no rate, and for a rate of none."""
    found = re.fullmatch(
        r"([1-9]\d{0,8})/(?:(s)(?:ec(?:ond)?)?|(m)(?:in(?:ute)?)?|(h)(?:our)?|(d)(?:ay)?)", text
    )
    if not found:
        raise ValueError(f"{text!r} is no rate; write it like 60/min (sec, min, hour or day)")
    (unit,) = filter(None, found.groups()[1:])
    return int(found[1]), timedelta(**{_UNITS[unit]: 1})
