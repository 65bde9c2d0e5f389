"""The pre-identification clock: how long a case may stay open before the person is identified or not."""

from datetime import date, timedelta

from referral.cases.clocks.values import clock_value


def pre_identification_due(opened: date) -> date:
    """The last day of the pre-identification of a case opened on that day (law of 17 December 2014, 10 days).

    Raises NotInForce before the law.
    """
    return opened + timedelta(days=clock_value("pre_identification_days", opened))
