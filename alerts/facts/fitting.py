"""Says whether a calculated value fits the column of its fact, before a whole batch is written."""

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models

from alerts.models import Facts

_WIDTHS = {"IntegerField": 31, "BigIntegerField": 63}
"""Bits of a whole number beside its sign, by kind of column."""


class DoesNotFit(ValueError):
    """A value that the column of its fact cannot hold."""


def fitting(fact: str, value: Any) -> Any:
    """The value as it is. Raises DoesNotFit when its column cannot hold it, ArithmeticError when it is no number."""
    if value is not None and not _tests()[fact](value):
        raise DoesNotFit(fact)
    return value


@cache
def _tests() -> dict[str, Callable[[Any], bool]]:
    return {field.name: _test(field) for field in Facts._meta.concrete_fields}


def _test(field: Any) -> Callable[[Any], bool]:
    kind = field.get_internal_type()
    if kind in _WIDTHS:
        largest = 2 ** _WIDTHS[kind] - 1
        return lambda value: isinstance(value, int) and -largest <= value <= largest
    if isinstance(field, models.DecimalField):
        below = Decimal(10) ** (field.max_digits - field.decimal_places)
        places = Decimal(1).scaleb(-field.decimal_places)
        return lambda value: abs(Decimal(value).quantize(places)) < below
    if isinstance(field, models.CharField):
        longest = field.max_length or 0
        return lambda value: isinstance(value, str) and len(value) <= longest and "\0" not in value
    if kind == "BooleanField":
        return lambda value: isinstance(value, bool)
    return lambda value: True
