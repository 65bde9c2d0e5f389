"""The programs of employers and of agencies."""

from tests.referral.conftest import system_of

__all__ = ["system_of"]
