"""Runs the operator's scripts with the programs of the embedded server, and looks for keys in what they keep."""

import base64
import gzip
import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from wpis.development.embedded.local import ROOT
from wpis.development.embedded.servers.directories import private_directory
from wpis.development.embedded.servers.postgres import Postgres

SCRIPTS = ROOT / "deploy" / "backup"
BACKUP_ROLE = "wpis_backup"


class Failed(RuntimeError):
    """A script ended with an error; the text is what it said."""


class Programs:
    """The scripts of deploy/backup, where the account of the server reaches them, and one root for what they keep."""

    def __init__(self, place: Path, server: Postgres) -> None:
        self.account, self.programs = server.account, server.programs
        self.server = server
        self.scripts = private_directory(place / "scripts", self.account)
        self.root = private_directory(place / "backup", self.account)
        self.wal = private_directory(self.root / "wal", self.account)
        for script in SCRIPTS.glob("*.sh"):
            copy = self.scripts / script.name
            copy.write_bytes(script.read_bytes())
            copy.chmod(0o700)
            self.account.owns(copy)

    @property
    def archive_command(self) -> str:
        """As an operator sets it."""
        return f'"{self.scripts / "archive_wal.sh"}" "%p" "%f" "{self.wal}"'

    def run(self, script: str, *arguments: str | Path) -> str:
        """What a script said; raises Failed when it ends with an error."""
        environment = {
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "PGHOST": str(self.server.sockets),
            "PGUSER": BACKUP_ROLE,
            "HOME": "/nonexistent",
        }
        done = subprocess.run(
            [self.scripts / script, *map(str, arguments)],
            cwd="/", env=environment, capture_output=True, text=True, **self.account.spawn_options,
        )  # fmt: skip
        if done.returncode:
            raise Failed(f"{script}: {done.stderr.strip()}")
        return str(done.stdout).strip()


def keys_in(folder: Path, secrets: Mapping[str, str]) -> list[str]:
    """Where a key or other secret of the installation lies, in any form, in what was kept; WAL is unpacked."""
    forms = dict(_forms(secrets))
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        found += [f"{name} in {file.relative_to(folder)}" for form, name in forms.items() if form in content]
    return found


def _forms(secrets: Mapping[str, str]) -> Iterator[tuple[bytes, str]]:
    """Each secret as text and as the bytes that it stands for."""
    for name, value in secrets.items():
        if "PUBLIC" in name:
            continue
        try:
            parts = json.loads(value)
        except ValueError:
            parts = value
        for part in parts.values() if isinstance(parts, dict) else [value]:
            if len(part) > 16:  # not the name of a key
                yield part.encode(), name
                try:
                    yield base64.b64decode(part, validate=True), name
                except ValueError:
                    continue
