"""Who may hold which key: permits are signed in the office's web process; records by each surface's own key."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .keys import digest_key, permit_key, permit_public_keys

SIGNS = "office"
VERIFIES = ("portal", "office")
SHOWS_THE_LOG = "protection"
"""The surface whose web process verifies the audit events of all, for the auditor."""
CHECKS_FILES = "files"
"""The surface whose worker digests what it found in an uploaded file."""
SHOWS_FILES = "office"
"""The surface whose web process shows uploaded files, and verifies that they are the ones that were cleared."""


def misplaced_keys(*, web: bool, writes: bool = True) -> list[str]:
    """Why this process must not start: sentences for the operator, empty when each key is where it belongs.

    `web` tells a web process from a worker of the same surface: a worker decides nothing, so it signs nothing.
    `writes` is false of a process that records nothing, such as the ringer: it needs no digest key.
    Management commands run as the owner, who may do everything.
    """
    surface = settings.WPIS_SURFACE
    if surface == "owner":
        return []
    signs = web and surface == SIGNS
    found = []
    if settings.WPIS_PERMIT_KEY and not signs:
        found.append(f"WPIS_PERMIT_KEY signs permits, and this process ({surface}) may only verify them")
    if settings.WPIS_INDEX_KEY and surface == CHECKS_FILES:
        found.append("WPIS_INDEX_KEY belongs to no process that looks into files")
    shows = web and surface == SHOWS_FILES
    own = (f"{surface}-", f"{CHECKS_FILES}-") if shows else (f"{surface}-",)
    others = sorted(kid for kid in settings.WPIS_DIGEST_KEYS if not kid.startswith(own))
    if others and not (web and surface == SHOWS_THE_LOG):
        found.append(
            f"WPIS_DIGEST_KEYS holds {', '.join(others)}, and this process ({surface}) records for itself"
        )
    try:
        if writes:
            digest_key(surface)
        if shows:
            digest_key(CHECKS_FILES)
    except ImproperlyConfigured as problem:
        found.append(str(problem))
    try:
        if signs:
            permit_key()
        elif web and surface in VERIFIES:
            permit_public_keys()
    except ImproperlyConfigured as problem:
        found.append(str(problem))
    return found
