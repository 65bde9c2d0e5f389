"""What every template may know about where it is shown."""

from django.conf import settings
from django.http import HttpRequest


def surface(request: HttpRequest) -> dict[str, str]:
    """The surface of this process: portal, office or protection."""
    return {"surface": settings.WPIS_SURFACE}
