"""How often a password may be tried: counted for an account and a network, for all strangers together, for a device.

Whoever tries the passwords of somebody else uses up the tries of their own network, and after very many of all
strangers. A device on which the owner has signed in before has a count of its own, so nobody can lock the owner out
of it (docs/adr/0026-sessions-tokens-and-tries.md). Nothing is counted for a network alone: an office behind one
address is not locked out as one.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from wpis.rate_limits import limiter
from wpis.rate_limits.callers import network_of
from wpis.rate_limits.devices import known_device
from wpis.rate_limits.limiter import RateLimit, check_rate_limit, limit_of_guesses

NETWORK = limit_of_guesses("passwords tried by a network")
STRANGERS = limit_of_guesses("passwords tried by strangers")
DEVICE = limit_of_guesses("passwords tried on a known device")


@dataclass(frozen=True, slots=True)
class CountedGuess:
    """One try that was counted; the right password takes it back."""

    counted: tuple[tuple[RateLimit, str], ...]
    at: datetime

    def rollback(self) -> None:
        """Take it back."""
        for limit, caller in self.counted:
            limiter.undo(limit, caller, at=self.at)


def count_guess(request: HttpRequest, account: str, *, at: datetime) -> CountedGuess | None:
    """Count a try of a password for this e-mail address; None when it is one too many, and then nothing is counted."""
    account = account.strip().lower()
    device = known_device(request, account)
    limits = (
        [(DEVICE, f"{account} {device}")]
        if device
        else [(NETWORK, f"{account} {network_of(request)}"), (STRANGERS, account)]
    )
    for number, (limit, caller) in enumerate(limits):
        if check_rate_limit(limit, caller, at=at) is not None:
            CountedGuess(tuple(limits[:number]), at).rollback()
            return None
    return CountedGuess(tuple(limits), at)


def forget_guesses(request: HttpRequest, account: str) -> None:
    """Forget what this network, and this device, tried for an account: its owner has just set a new password."""
    account = account.strip().lower()
    limiter.clear(NETWORK, f"{account} {network_of(request)}")
    if device := known_device(request, account):
        limiter.clear(DEVICE, f"{account} {device}")
