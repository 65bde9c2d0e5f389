"""An empty PostgreSQL that asks for a password over TCP, and an empty Valkey that does."""

import secrets
import signal
import socket
import subprocess
import time
from pathlib import Path

import psycopg2

from wpis.development.embedded.account import unprivileged_account
from wpis.development.embedded.processes.children import spawn
from wpis.development.embedded.servers.binaries import postgres_programs, valkey_program
from wpis.development.embedded.servers.directories import reachable_directory
from wpis.development.embedded.servers.ports import any_free_port

SECONDS = 30.0


class EmptyPostgres:
    """As a distribution installs it: nobody in it but the superuser `postgres`, who has a password."""

    def __init__(self, state: Path) -> None:
        account = unprivileged_account()
        self.programs = postgres_programs(account)
        self.port, self.password = any_free_port(), secrets.token_hex(16)
        data = reachable_directory(state / "postgres", account)
        typed = data / "password"
        typed.write_text(self.password)
        account.owns(typed)
        subprocess.run(
            [self.programs / "initdb", "-D", data / "data", "-U", "postgres", "-A", "scram-sha-256",
             f"--pwfile={typed}", "-E", "UTF8", "--locale=C", "--no-sync"],
            cwd="/", check=True, capture_output=True, **account.spawn_options,
        )  # fmt: skip
        self.log = state / "log" / "postgres.log"
        self.process = spawn(
            [self.programs / "postgres", "-D", data / "data", "-p", str(self.port),
             "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off",
             "-c", "full_page_writes=off"],
            log=self.log, account=account, death_signal=signal.SIGINT,
        )  # fmt: skip
        self._wait()

    def url(self, user: str, password: str, database: str = "wpis") -> str:
        """Past the relay, for the eyes of the test."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def _wait(self) -> None:
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                psycopg2.connect(self.url("postgres", self.password, "postgres")).close()
                return
            except psycopg2.OperationalError:
                assert time.monotonic() < deadline, self.log.read_text()
                time.sleep(0.05)

    def stop(self) -> None:
        """Fast shutdown."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(10)


class EmptyValkey:
    """On TCP, with a password."""

    def __init__(self, state: Path) -> None:
        self.port, self.password = any_free_port(), secrets.token_hex(16)
        folder = state / "valkey"
        folder.mkdir()
        self.process = spawn(
            [valkey_program(), "--port", str(self.port), "--bind", "127.0.0.1", "--dir", folder,
             "--requirepass", self.password, "--save", "", "--appendonly", "no"],
            log=state / "log" / "valkey.log",
        )  # fmt: skip
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert time.monotonic() < deadline, "Valkey did not start"
                time.sleep(0.02)

    def stop(self) -> None:
        """It keeps nothing."""
        self.process.terminate()
        self.process.wait(10)
