"""Context processor: the current surface and session settings for every template."""

from django.conf import settings
from django.http import HttpRequest


def surface(request: HttpRequest) -> dict[str, str | int]:
    """The surface of this process (portal, office or protection) and how long it lets somebody stay signed in."""
    return {
        "surface": settings.WPIS_SURFACE,
        "idle_minutes": settings.SESSION_COOKIE_AGE // 60,
        "warning_minutes": settings.WPIS_SESSION_WARNING.get(settings.WPIS_SURFACE, 2),
        "session_hours": settings.WPIS_SESSION_HOURS,
    }
