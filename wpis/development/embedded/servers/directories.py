"""Private directories in shared places: sockets need short paths, root's tree may be closed to `nobody`."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from wpis.development.embedded.account import Account
from wpis.development.embedded.errors import CannotStart

SOCKET_PATH_LIMIT = 107  # bytes in sockaddr_un.sun_path, less the closing zero


def mark(path: Path) -> str:
    """A ten-letter digest of a path, so that two work trees never use the same directory in /tmp."""
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


def private_directory(path: Path, account: Account) -> Path:
    """Make a 0700 directory for the account; raises CannotStart when somebody else made it first."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    ours = {os.geteuid(), account.uid if account.uid is not None else os.geteuid()}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours:
        raise CannotStart(f"{path} belongs to somebody else; remove it and try again.")
    account.owns(path)
    path.chmod(0o700)
    return path


def socket_directory(kind: str, state: Path, account: Account) -> Path:
    """A short private directory for a server's unix socket; the same state always gets the same one.

    Beside throw-away data it lies with them, so that one removal takes both; else in /tmp, since a work tree
    may have a long path or a file system without sockets. Raises CannotStart when no short path can be had.
    """
    beside = state.with_name(f"{state.name}.socket")
    if state.is_relative_to(tempfile.gettempdir()) and _fits(beside):
        return private_directory(beside, account)
    base = Path("/tmp") if os.access("/tmp", os.W_OK | os.X_OK) else Path(tempfile.gettempdir())
    path = base / f"wpis-{kind}-{os.geteuid()}-{mark(state)}"
    if not _fits(path):
        raise CannotStart(f"{path} is too long for a unix socket; set TMPDIR to a shorter one.")
    return private_directory(path, account)


def _fits(path: Path) -> bool:
    return len(os.fsencode(path)) + len("/.s.PGSQL.5432.lock") <= SOCKET_PATH_LIMIT


def reachable_directory(path: Path, account: Account) -> Path:
    """The directory itself, or one in /var/tmp when the account cannot walk there; opens nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if account.can("-x", path.parent):
        return private_directory(path, account)
    return private_directory(Path("/var/tmp") / f"wpis-data-{os.geteuid()}-{mark(path)}", account)
