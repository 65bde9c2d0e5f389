"""Both workflows of this app, where the printed state charts look for them."""

from referral.cases.workflow import CASE
from referral.referrals.workflow import REFERRAL

__all__ = ["CASE", "REFERRAL"]
