"""Rate limit of the interfaces for programs: per account, or per network for requests without a token."""

import math
from datetime import timedelta
from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from wpis import clock
from wpis.rate_limits.callers import network_of
from wpis.rate_limits.limiter import RateLimit, check_rate_limit
from wpis.rate_limits.rates import read_rate


class ProgramThrottle(BaseThrottle):
    """Counts in PostgreSQL, so all processes of a surface count together."""

    refused: timedelta | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count this request; whether it may be answered."""
        requests, within = read_rate(settings.API_RATE)
        caller = f"account {request.user.pk}" if request.user else f"network {network_of(request._request)}"
        limit = RateLimit("programs", requests, within)
        self.refused = check_rate_limit(limit, caller, at=clock.real_now())
        return self.refused is None

    def wait(self) -> float | None:
        """Seconds until there is room again."""
        return math.ceil(self.refused.total_seconds()) if self.refused else None
