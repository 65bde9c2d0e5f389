"""The operator: one shell in the folder of the release, in which the steps of the manual are followed."""

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.operator.containers import Machine
from tests.operator.manual import Step
from tests.operator.servers.empty import EmptyPostgres
from tests.repo.image import ROOT


@dataclass
class Operator:
    """`own` says what the addresses of the manual are here; `types` what is typed where a step asks."""

    machine: Machine
    own: Mapping[str, str]
    types: Mapping[str, str]
    said: dict[str, str] = field(default_factory=dict)

    def follow(self, step: Step) -> str:
        """Do one step; returns what was printed. Fails when a command does."""
        if step.language == "ini":
            return self._edit(self._here(step.text))
        kept = self.machine.state / "shell"
        kept.touch()
        result = subprocess.run(
            ["sh", "-eu", "-c", f". {kept}\n{self._here(step.text)}\nexport -p > {kept}"],
            cwd=self.machine.release, env=self._environment(), input=self.types.get(step.name, ""),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600,
        )  # fmt: skip
        assert result.returncode == 0, f"step {step.name}:\n{result.stdout[-4000:]}"
        self.said[step.name] = result.stdout
        return self.said[step.name]

    def _edit(self, lines: str) -> str:
        path = self.machine.release / ".env"
        text = path.read_text()
        for line in lines.splitlines():
            name = line.partition("=")[0]
            text, count = re.subn(rf"^{name}=.*$", lambda _, line=line: line, text, flags=re.MULTILINE)  # type: ignore[misc]
            assert count == 1, f"{name} does not stand in .env"
        path.write_text(text)
        return ""

    def _here(self, text: str) -> str:
        for example, own in self.own.items():
            text = text.replace(example, own)
        return text

    def _environment(self) -> dict[str, str]:
        programs = self.machine.state / "bin"
        return {
            "PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "WALK_STATE": str(self.machine.state),
            "HOME": str(self.machine.state),
        }


def install_programs(machine: Machine, postgres: EmptyPostgres) -> None:
    """`docker` as the walk knows it, and the `psql` of the server; it has no TLS, and goes past the relay."""
    past_the_relay = f"env -u PGSSLMODE -u PGSSLROOTCERT PGHOST=127.0.0.1 PGPORT={postgres.port}"
    programs = machine.state / "bin"
    programs.mkdir()
    for name, command in (
        ("docker", f'PYTHONPATH={ROOT} exec {sys.executable} -m tests.operator.docker "$@"'),
        ("psql", f'test "$PGSSLMODE" = verify-full && exec {past_the_relay} {postgres.programs}/psql "$@"'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{command}\n")
        (programs / name).chmod(0o755)
