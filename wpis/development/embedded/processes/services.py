"""The processes of WPIS: for each its surface, its database role, its keys and its command line."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from wpis.development.embedded.secrets import KEYS

WEBS = ("portal", "office", "protection")
QUEUES = ("open", "files", "restricted")
POOL = {"open": 1, "files": 2, "restricted": 2}
ROLES = {
    "portal": "wpis_portal",
    "office": "wpis_office",
    "protection": "wpis_protection",
    "files": "wpis_files",
}


SURFACE = {
    "portal": "portal",
    "office": "office",
    "protection": "protection",
    "worker-open": "office",
    "worker-files": "files",
    "worker-restricted": "protection",
    "beat": "protection",
    "ringer": "protection",
    "owner": "owner",
}
"""process -> surface; "owner" are management commands."""

_INDEX = {"WPIS_INDEX_KEY", "WPIS_INDEX_KEY_FORMER"}
KEYS_OF = {
    "portal": {"WPIS_FIELD_KEYS", *_INDEX, "WPIS_DIGEST_KEYS", "WPIS_PERMIT_PUBLIC_KEYS"},
    "office": {"WPIS_FIELD_KEYS", "WPIS_DIGEST_KEYS", "WPIS_PERMIT_KEY", "WPIS_PERMIT_PUBLIC_KEYS"},
    "protection": {"WPIS_FIELD_KEYS", *_INDEX, "WPIS_DIGEST_KEYS"},
    "worker-open": {"WPIS_FIELD_KEYS", "WPIS_DIGEST_KEYS"},
    "worker-files": {"WPIS_FIELD_KEYS", "WPIS_DIGEST_KEYS"},
    "worker-restricted": {"WPIS_FIELD_KEYS", *_INDEX, "WPIS_DIGEST_KEYS"},
    "beat": set[str](),
    "ringer": set[str](),
    "owner": KEYS,
}
"""process -> the keys that it needs, and so the only ones that it gets."""

DIGEST_KEYS_OF = {
    "portal": {"portal"},
    "office": {"office", "files"},
    "protection": {"portal", "office", "protection", "files", "owner"},
    "worker-open": {"office"},
    "worker-files": {"files"},
    "worker-restricted": {"protection"},
    "owner": {"portal", "office", "protection", "files", "owner"},
}
"""process -> the surfaces whose keys are in its WPIS_DIGEST_KEYS: its own, and those that it verifies."""

SIGNS_NOTHING = {"worker-files"}
"""Processes that have no use for WPIS_SECRET_KEY: they get another one."""


@dataclass(frozen=True, slots=True)
class Service:
    """One process to run; its name says which surface, role and keys it has."""

    name: str
    command: tuple[str, ...]


def web(surface: str, port: int) -> Service:
    """The web server of one surface."""
    return Service(
        surface,
        (
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
            "--port", str(port), "--workers", "1", "--blocking-threads", "4",
            "--no-ws", "--workers-kill-timeout", "2", "--log-level", "warning", "wpis.wsgi:application",
        ),
    )  # fmt: skip


def worker(queue: str) -> Service:
    """The Celery worker of one queue."""
    return Service(
        f"worker-{queue}",
        (
            sys.executable, "-m", "celery", "-A", "wpis", "worker", "-Q", queue, "-n", f"{queue}@%h",
            "-c", str(POOL[queue]), "--without-gossip", "--without-mingle", "-l", "INFO",
        ),
    )  # fmt: skip


def beat(state: Path) -> Service:
    """Celery's clock, the reserve of the ringer."""
    schedule = str(state / "beat-schedule")
    return Service(
        "beat",
        (sys.executable, "-m", "celery", "-A", "wpis", "beat", "-s", schedule, "--pidfile=", "-l", "WARNING"),
    )


def ringer() -> Service:
    """The process that wakes the workers when a job waits."""
    return Service("ringer", (sys.executable, "manage.py", "ringer"))
