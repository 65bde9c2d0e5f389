"""A Django cache backend that supports only `add`: it records in PostgreSQL, for all processes, that a key was used.

allauth uses it to reject one-time codes that were already used. Django's default cache lives in the memory of each
process, so a code could be used once per process.
"""

from datetime import timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from wpis import clock
from wpis.rate_limits.limiter import RateLimit, check_rate_limit


class UsedOnceCache(BaseCache):
    """Everything but `add` raises NotImplementedError, so that nothing is cached by accident."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Store `key` for `timeout` seconds; False when it is stored already. The value is not kept."""
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        if not seconds or seconds <= 0:
            raise ValueError("a key needs a positive timeout")
        once = RateLimit("used once", 1, timedelta(seconds=seconds))
        return check_rate_limit(once, str(key), at=clock.real_now()) is None
