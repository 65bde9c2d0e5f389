"""A temporary directory for servers, and the sweeping of those whose owner was killed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

from wpis.development.embedded.processes.children import state_of

_NAME = re.compile(r"^wpis-throwaway-(\d+)-")


def throwaway_directory() -> Path:
    """A new directory that bears our process number; 0711, so that PostgreSQL's account can pass through."""
    sweep()
    path = Path(tempfile.mkdtemp(prefix=f"wpis-throwaway-{os.getpid()}-"))
    path.chmod(0o711)
    return path


def sweep() -> None:
    """Remove our own directories of processes that are gone."""
    for path in Path(tempfile.gettempdir()).glob("wpis-throwaway-*"):
        found = _NAME.match(path.name)
        if found and state_of(int(found[1])) is None and path.lstat().st_uid == os.geteuid():
            shutil.rmtree(path, ignore_errors=True)
