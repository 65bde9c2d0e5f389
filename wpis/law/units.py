"""Turns the written value of a parameter into a Python value, by the parameter's unit."""

from collections.abc import Callable
from datetime import time
from decimal import Decimal
from types import MappingProxyType

Value = int | Decimal | bool | str | tuple[str, ...] | time
"""What a parameter can be: amounts are whole drams, shares and percentages are exact decimals."""


def _whole(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
        raise ValueError("a whole number, zero or more")
    return raw


def _decimal(raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise ValueError("a number")
    value = Decimal(str(raw))  # through text: 0.15 stays 0.15
    if not value.is_finite() or value < 0:
        raise ValueError("a number, zero or more")
    return value


def _share(raw: object) -> Decimal:
    value = _decimal(raw)
    if value > 1:
        raise ValueError("a share between 0 and 1")
    return value


def _yes_no(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise ValueError("yes or no")
    return raw


def _code(raw: object) -> str:
    if not isinstance(raw, str) or not raw:
        raise ValueError("a code")
    return raw


def _codes(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or not raw:
        raise ValueError("a list of codes")
    return tuple(_code(item) for item in raw)


def _time_of_day(raw: object) -> time:
    # Unquoted 22:00 is a base-60 number in YAML 1.1, so only the quoted text is taken.
    try:
        return time.fromisoformat(raw if isinstance(raw, str) else "")
    except ValueError:
        raise ValueError('a quoted time of day like "22:00"') from None


UNITS: MappingProxyType[str, Callable[[object], Value]] = MappingProxyType(
    {
        "drams": _whole,
        "drams_per_month": _whole,
        "hours": _whole,
        "hours_per_day": _whole,
        "hours_per_week": _whole,
        "hours_per_year": _whole,
        "days": _whole,
        "calendar_days": _whole,
        "working_days": _whole,
        "day_of_month": _whole,
        "months": _whole,
        "years": _whole,
        "persons": _whole,
        "percent": _decimal,
        "share": _share,
        "yes_no": _yes_no,
        "code": _code,
        "codes": _codes,
        "time_of_day": _time_of_day,
    }
)
"""Every unit a parameter may have, with the reader that refuses what does not fit it."""
