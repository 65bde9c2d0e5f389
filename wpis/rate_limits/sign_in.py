"""Rate limits of sign-in: allauth defines the limits, our limiter counts.

Passwords are counted in `guesses.py`; here are the rest: pages, letters, codes. A code that is entered on a device that
the account knows is counted apart from those of strangers.

allauth counts in Django's cache, which each process has for itself, and holds network addresses in it. It has no
setting for another counter, so `use_limiter` puts ours in the place of the two functions that touch the cache;
`tests/accounts/sign_in/test_sign_in_limits.py` notices when a new release of allauth has others.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.core.exceptions import RateLimited
from allauth.core.internal import ratelimit
from django.http import HttpRequest

from wpis import clock
from wpis.rate_limits import limiter
from wpis.rate_limits.callers import network_of
from wpis.rate_limits.devices import known_device
from wpis.rate_limits.limiter import RateLimit, check_rate_limit

LETTERS = ("confirm_email", "reset_password")
"""Letters to an address that somebody typed, counted for their network: strangers cannot use up those of its owner."""
SECOND_STEP, OF_ACCOUNT = "login_failed", "mfa-auth-user-"
"""What allauth calls a code that is entered, and what it writes in front of the account's key."""


@dataclass(frozen=True, slots=True)
class CountedTry:
    """One try that was counted; a successful sign-in takes it back."""

    limit: RateLimit
    caller: str
    at: datetime

    def rollback(self) -> None:
        """Take it back."""
        limiter.undo(self.limit, self.caller, at=self.at)


def consume_one(
    request: HttpRequest,
    *,
    app: str,
    action: str,
    rate: Any,
    key: str | None = None,
    user: Any = None,
    dry_run: bool = False,
    raise_exception: bool = False,
) -> CountedTry | None:
    """Count a try against one rate (for `allauth.core.internal.ratelimit._consume_single_rate`).

    None when it is one too many, or RateLimited with `raise_exception`.
    """
    limit, caller = _limited(request, app=app, action=action, rate=rate, key=key, user=user)
    counted = CountedTry(limit, caller, clock.real_now())
    ask = limiter.read_wait if dry_run else check_rate_limit
    if ask(limit, caller, at=counted.at) is None:
        return counted
    if raise_exception:
        raise RateLimited
    return None


def clear(
    request: HttpRequest,
    *,
    app: str,
    action: str,
    config: dict[str, str] | None = None,
    key: str | None = None,
    user: Any = None,
) -> None:
    """Forget the tries of one action (for `allauth.core.internal.ratelimit.clear`)."""
    for rate in ratelimit.get_rates(app=app, action=action, config=config):
        limiter.clear(*_limited(request, app=app, action=action, rate=rate, key=key, user=user))


def use_limiter() -> None:
    """Let allauth count with our limiter; called once, when the apps are loaded."""
    ratelimit._consume_single_rate = consume_one
    ratelimit.clear = clear


def _limited(request: HttpRequest, *, rate: Any, **what: Any) -> tuple[RateLimit, str]:
    caller: str = ratelimit.get_cache_key(request, rate=rate, **what)
    if (key := what.get("key")) and what.get("action") == SECOND_STEP:
        device = known_device(request, str(key).removeprefix(OF_ACCOUNT))
        caller = f"{caller} {device}" if device else caller
    elif key and what.get("action") in LETTERS:
        caller = f"{caller} {network_of(request)}"
    return RateLimit("sign-in", rate.amount, timedelta(seconds=rate.duration)), caller
