"""Where migration 0001 looks for the default of a column; the model lives in `referral.models.referral` now."""

from referral.models.referral import _reference

__all__ = ["_reference"]
