"""The case system of an agency, to see a token stop."""

from tests.referral.conftest import system_of

__all__ = ["system_of"]
