"""The pre-identification clock: how long a case may stay open before the person is identified or not."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

from wpis.law.parameter import Parameter, read_parameters

FOLDER = Path(__file__).parent


@cache
def _clocks() -> dict[str, Parameter]:
    return dict(read_parameters(FOLDER))


def pre_identification_due(opened: date) -> date:
    """The last day of the pre-identification of a case opened on that day (law of 17 December 2014, 10 days).

    Raises NotInForce before the law.
    """
    days = _clocks()["pre_identification_days"].on(opened).value
    assert isinstance(days, int)
    return opened + timedelta(days=days)
