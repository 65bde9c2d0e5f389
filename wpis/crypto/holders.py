"""Who may hold which key: permits are signed in the office's web process; records by each surface's own key."""

from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .keys import digest_key, field_keys, index_keys, permit_key, permit_public_keys

SIGNS = "office"
VERIFIES = ("portal", "office")
INDEXES = ("portal", "protection")
"""The surfaces whose processes find by keyed digests what is encrypted, such as a passport number."""
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
    wanted: list[Callable[[], object]] = []
    if writes:
        wanted += [lambda: digest_key(surface), field_keys]
        wanted += [index_keys] if surface in INDEXES else []
    if shows:
        wanted.append(lambda: digest_key(CHECKS_FILES))
    if web and surface in VERIFIES:
        wanted.append(permit_key if signs else permit_public_keys)
    return [*found, *_unreadable(wanted)]


def _unreadable(keys: Iterable[Callable[[], object]]) -> Iterator[str]:
    """What is wrong with each of these keys; a process that found out later would refuse every page and every file."""
    for read in keys:
        try:
            read()
        except ImproperlyConfigured as problem:
            yield str(problem)
