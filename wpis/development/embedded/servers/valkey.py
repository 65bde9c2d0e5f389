"""A private Valkey server (Redis protocol): the broker of demo and tests."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Self

from wpis.development.embedded.account import Account
from wpis.development.embedded.errors import CannotStart
from wpis.development.embedded.processes.children import spawn, stop_all
from wpis.development.embedded.servers.binaries import valkey_program
from wpis.development.embedded.servers.directories import private_directory, socket_directory

START_SECONDS = 10.0


class Valkey:
    """One server under `state` on a unix socket; `durable=False` keeps nothing on disk.

    Raises CannotStart when it does not come up.
    """

    def __init__(self, state: Path, *, durable: bool = True, log: Path | None = None) -> None:
        self.durable = durable
        self.data = private_directory(state.resolve() / "valkey", Account())
        self.log = log or state.resolve() / "log" / "valkey.log"
        self.socket = socket_directory("vk", self.data, Account()) / "valkey.sock"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """For Celery (REDIS_URL); redis-py calls the same thing `unix://`."""
        return f"redis+socket://{self.socket}"

    def start(self) -> Self:
        """Start the server and wait until it answers PING."""
        self.socket = socket_directory("vk", self.data, Account()) / "valkey.sock"
        keep = ["--appendonly", "yes"] if self.durable else ["--appendonly", "no"]
        self.process = spawn(
            [valkey_program(), "--port", "0", "--unixsocket", self.socket, "--unixsocketperm", "700",
             "--dir", self.data, "--save", "", "--daemonize", "no", *keep],
            log=self.log,
        )  # fmt: skip
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise CannotStart(f"Valkey did not start; see {self.log}")
            time.sleep(0.01)
        return self

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            try:
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")  # while loading it answers -LOADING
            except OSError:
                return False

    def stop(self) -> None:
        """Ask it to end; the append-only file is synced."""
        if self.process is not None:
            stop_all([self.process], patience=1.0)
            self.process = None
        shutil.rmtree(self.socket.parent, ignore_errors=True)

    def kill(self) -> None:
        """SIGKILL, as a failing machine would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def remove(self) -> None:
        """Stop and delete the data."""
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)
