"""The cache of this service can do one thing: remember in PostgreSQL, for all processes, that something was used.

allauth asks it whether a one-time code was used already. Kept in the memory of a process, as Django does by default,
a code would be good once in each process.
"""

from datetime import timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from wpis import clock
from wpis.rate_limits.limiter import RateLimit, check_rate_limit


class UsedOnceCache(BaseCache):
    """Supports `add` alone; everything else raises NotImplementedError, so that nothing is cached by accident."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Whether `key` was not there; it is from now on, for `timeout` seconds. The value is not kept."""
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        if not seconds or seconds <= 0:
            raise ValueError("what was used is remembered for a time")
        once = RateLimit("used once", 1, timedelta(seconds=seconds))
        return check_rate_limit(once, str(key), at=clock.real_now()) is None
