"""What the demo keeps in `.local`: its lock, its secrets, and the note by which other commands find it."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path

from wpis.development.embedded.errors import AlreadyRunning, CannotStart

ROOT = Path(__file__).resolve().parents[3]
STATE = Path(os.environ.get("WPIS_STATE", ROOT / ".local")).resolve()
LOCK = STATE / "demo.lock"
NOTE = STATE / "demo.json"


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Hold the state directory; raises AlreadyRunning when another does. The kernel frees it on death."""
    STATE.mkdir(parents=True, exist_ok=True)
    with LOCK.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            owner = lock.read().strip() or "unknown"
            raise AlreadyRunning(
                f"The demo of {STATE} is already running (process {owner}). Stop it with Ctrl-C there first."
            ) from None
        NOTE.unlink(missing_ok=True)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def is_running() -> bool:
    """Whether a demo holds the state directory now."""
    if not LOCK.exists():
        return False
    with LOCK.open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def leave_note(variables: dict[str, str]) -> None:
    """Write the environment by which a command reaches the running demo as the database owner (mode 0600)."""
    with os.fdopen(os.open(NOTE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(variables, file)


def note() -> dict[str, str]:
    """What `leave_note` wrote; raises CannotStart while the demo has not come that far."""
    try:
        found: dict[str, str] = json.loads(NOTE.read_text())
    except (FileNotFoundError, ValueError):
        raise CannotStart(
            f"{STATE} is starting, stopping or in use by another command; try again in a moment."
        ) from None
    return found
