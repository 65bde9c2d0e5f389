"""The statutory clocks of a case."""

from datetime import date

import pytest

from referral.cases.clocks.pre_identification import pre_identification_due
from wpis.law import NotInForce


def test_pre_identification_lasts_ten_days_since_the_law():
    assert pre_identification_due(date(2026, 11, 21)) == date(2026, 12, 1)
    with pytest.raises(NotInForce):
        pre_identification_due(date(2015, 6, 29))
