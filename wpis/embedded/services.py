"""The processes of WPIS: for each its surface, its database role and its command line."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

WEBS = ("portal", "office", "protection")
QUEUES = ("open", "restricted")
QUEUE_SURFACE = {"open": "office", "restricted": "protection"}
POOL = {"open": 1, "restricted": 2}
ROLES = {"portal": "wpis_portal", "office": "wpis_office", "protection": "wpis_protection"}


@dataclass(frozen=True, slots=True)
class Service:
    """One process to run; it connects as the role of its surface."""

    name: str
    surface: str
    command: tuple[str, ...]


def web(surface: str, port: int) -> Service:
    """The web server of one surface."""
    return Service(
        surface,
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
        QUEUE_SURFACE[queue],
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
        "protection",
        (sys.executable, "-m", "celery", "-A", "wpis", "beat", "-s", schedule, "--pidfile=", "-l", "WARNING"),
    )


def ringer() -> Service:
    """The one who tells the workers that something waits."""
    return Service("ringer", "protection", (sys.executable, "manage.py", "ringer"))
