"""Who may hold the key that signs permits: the office's web process, where a permit is decided, and nobody else."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .keys import permit_key, permit_public_keys

SIGNS = "office"
VERIFIES = ("portal", "office")


def misplaced_keys(*, web: bool) -> list[str]:
    """Why this process must not start: sentences for the operator, empty when each key is where it belongs.

    `web` tells a web process from a worker of the same surface: a worker decides nothing, so it signs nothing.
    Management commands run as the owner, who may do everything.
    """
    surface = settings.WPIS_SURFACE
    if surface == "owner":
        return []
    signs = web and surface == SIGNS
    found = []
    if settings.WPIS_PERMIT_KEY and not signs:
        found.append(f"WPIS_PERMIT_KEY signs permits, and this process ({surface}) may only verify them")
    try:
        if signs:
            permit_key()
        elif web and surface in VERIFIES:
            permit_public_keys()
    except ImproperlyConfigured as problem:
        found.append(str(problem))
    return found
