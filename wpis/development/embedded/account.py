"""PostgreSQL refuses to run as root: the account it runs as then, and what that one can reach."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wpis.development.embedded.errors import CannotStart


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a server process runs as; `uid` is None for "whoever we are"."""

    uid: int | None = None
    gid: int | None = None

    @property
    def spawn_options(self) -> dict[str, Any]:
        """Keyword arguments for `subprocess` that drop every right of root."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def owns(self, path: Path) -> None:
        """Hand a file or directory that we made to this account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def can(self, test: str, path: Path) -> bool:
        """Whether this account passes `test -x` (or -r, -w) on a path; no mode is changed."""
        if self.uid is None:
            return os.access(path, {"-r": os.R_OK, "-w": os.W_OK, "-x": os.X_OK}[test])
        return subprocess.run(["test", test, str(path)], cwd="/", **self.spawn_options).returncode == 0


def unprivileged_account() -> Account:
    """Ourselves, or as root `postgres` or `nobody`; raises CannotStart when neither exists."""
    if os.geteuid() != 0:
        return Account()
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(uid=entry.pw_uid, gid=entry.pw_gid)
    raise CannotStart("PostgreSQL does not run as root, and there is no account 'postgres' or 'nobody' here.")
