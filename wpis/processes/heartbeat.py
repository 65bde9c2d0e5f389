"""A file that a background process touches while it works; its supervisor looks how old it is."""

from pathlib import Path

from django.conf import settings


def beat(**_: object) -> None:
    """Say that this process works, where WPIS_HEARTBEAT_FILE is set."""
    if settings.HEARTBEAT_FILE:
        Path(settings.HEARTBEAT_FILE).touch()
