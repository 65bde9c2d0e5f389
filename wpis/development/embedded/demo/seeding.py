"""Fill the demo with a simulated country once, in a child process, while its pages are already served."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from wpis.development.embedded.local import ROOT
from wpis.development.embedded.processes.children import spawn
from wpis.development.embedded.servers.directories import mark
from wpis.development.embedded.stack import Stack

APPLICATIONS = int(os.environ.get("WPIS_DEMO_APPLICATIONS", "600"))
SEED = 1


class Seeding:
    """`manage.py simulate`, watched through its log; a mark in the state directory says that it is done."""

    def __init__(self, stack: Stack) -> None:
        self.mark = stack.state / f"seeded-{mark(Path(stack.database_url()))}"
        self.log = stack.log("seed")
        self.read = 0
        self.child: subprocess.Popen[bytes] | None = None
        self.stack = stack

    @property
    def needed(self) -> bool:
        """Whether the data are not there yet."""
        return APPLICATIONS > 0 and not self.mark.exists()

    def start(self) -> None:
        """Begin, or go on where a killed seeding stopped; the child belongs to the stack and ends with it."""
        self.log.unlink(missing_ok=True)
        command = ["simulate", "--applications", str(APPLICATIONS), "--seed", str(SEED), "--demo"]
        self.child = spawn(
            [sys.executable, "manage.py", *command],
            log=self.log,
            environment=self.stack.environment("owner"),
            directory=ROOT,
        )
        self.stack.adopt("seed", self.child)

    def lines(self) -> Iterator[str]:
        """What it printed since the last call."""
        if self.child is None:
            return  # the log is an earlier run's
        with contextlib.suppress(FileNotFoundError), Path(self.log).open("rb") as file:
            file.seek(self.read)
            new = file.read()
            self.read += len(new)
            yield from new.decode(errors="replace").replace("\r", "\n").splitlines()

    def exit_code(self) -> int | None:
        """None while it works; success leaves the mark."""
        code = None if self.child is None else self.child.poll()
        if code == 0:
            self.mark.touch()
        return code
