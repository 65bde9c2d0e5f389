"""The dated values of this folder as numbers."""

from datetime import date
from functools import cache
from pathlib import Path

from wpis.law.parameter import Parameter, read_parameters

FOLDER = Path(__file__).parent


@cache
def _clocks() -> dict[str, Parameter]:
    return dict(read_parameters(FOLDER))


def clock_value(name: str, on: date) -> int:
    """The value of one clock on a day. Raises NotInForce before its first."""
    value = _clocks()[name].on(on).value
    assert isinstance(value, int)
    return value
