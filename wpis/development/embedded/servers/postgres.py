"""A private PostgreSQL server: made, started, stopped and thrown away by the one who needs it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Self
from urllib.parse import quote

from wpis.database.logs import SILENT
from wpis.development.embedded.account import unprivileged_account
from wpis.development.embedded.errors import AlreadyRunning, CannotStart
from wpis.development.embedded.processes.children import spawn, state_of, wait_for
from wpis.development.embedded.servers.binaries import major_version, postgres_programs
from wpis.development.embedded.servers.directories import reachable_directory, socket_directory

OWNER = "wpis"
START_SECONDS = 30.0
# Safe against killed processes, not against a dead machine. synchronous_commit stays on: off loses commits
# when the postmaster is killed, and the fault tests do that.
THROW_AWAY = {"fsync": "off", "full_page_writes": "off"}


class Postgres:
    """One cluster under `state`; `durable=False` gives up crash safety for speed (tests only).

    It listens on a unix socket in a 0700 directory and on nothing else, so only this user (or root) gets in.
    Raises CannotStart when it does not come up, AlreadyRunning when another server uses the same data.
    """

    def __init__(self, state: Path, *, durable: bool = True, log: Path | None = None) -> None:
        self.account = unprivileged_account()
        self.programs = postgres_programs(self.account)
        self.durable = durable
        self.data = reachable_directory(state.resolve() / "postgres", self.account)
        self.log = log or state.resolve() / "log" / "postgres.log"
        self.sockets = socket_directory("pg", self.data, self.account)
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, role: str | None = None, database: str = "wpis") -> str:
        """A connection URL for libpq; without a role it is the owner's."""
        return f"postgresql://{role or OWNER}@/{database}?host={quote(str(self.sockets), safe='/')}"

    def start(self, *, database: str = "wpis") -> Self:
        """Start the server, make what is not there yet, and wait until it answers."""
        self.sockets = socket_directory("pg", self.data, self.account)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._wait_out_the_last_one()
        self.process = self._spawn()
        self._wait_until_it_answers()
        self._create(database)
        return self

    def stop(self) -> None:
        """Fast shutdown: open transactions roll back; if that takes long, the next start recovers."""
        for number, seconds in ((signal.SIGINT, 2.0), (signal.SIGQUIT, 1.0), (signal.SIGKILL, 1.0)):
            if self.process is None or self.process.poll() is not None:
                break
            self.process.send_signal(number)
            wait_for([self.process], seconds=seconds)
        self.process = None
        shutil.rmtree(self.sockets, ignore_errors=True)

    def kill(self) -> None:
        """SIGKILL the postmaster, as a failing machine would; `start()` recovers."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def remove(self) -> None:
        """Stop and delete the data."""
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)

    def _initialise(self) -> None:
        # Only this pair of locale options works for Armenian: ILIKE needs the provider, pg_trgm LC_CTYPE.
        locale = ["--locale=C.UTF-8"]
        if major_version(self.programs) >= 17:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        speed = [] if self.durable else ["--no-sync"]
        result = subprocess.run(
            [self.programs / "initdb", "-D", self.data, "-U", OWNER, "-A", "trust", "-E", "UTF8",
             *locale, *speed],
            cwd="/", capture_output=True, text=True, **self.account.spawn_options,
        )  # fmt: skip
        if result.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise CannotStart(f"initdb failed:\n{result.stderr.strip()}")

    def _spawn(self) -> subprocess.Popen[bytes]:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "120",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **SILENT,
        } | ({} if self.durable else THROW_AWAY)
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        # SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for its clients.
        return spawn(
            [self.programs / "postgres", "-D", self.data, *settings],
            log=self.log, account=self.account, death_signal=signal.SIGINT,
        )  # fmt: skip

    def _wait_out_the_last_one(self) -> None:
        """A killed postmaster stays a zombie until somebody reaps it, and holds its lock file until then."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return
        deadline = time.monotonic() + 10
        while (state := state_of(pid)) is not None and time.monotonic() < deadline:
            if state != "Z" and self._serves_this_data(pid):
                raise AlreadyRunning(f"Another PostgreSQL (process {pid}) is using {self.data}.")
            if state != "Z":
                return  # the number was given to a stranger since
            time.sleep(0.05)

    def _serves_this_data(self, pid: int) -> bool:
        try:
            return str(self.data) in Path(f"/proc/{pid}/cmdline").read_text()
        except OSError:
            return True

    def _wait_until_it_answers(self) -> None:
        import psycopg2

        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg2.connect(self.url(database="postgres")).close()
                return
            except psycopg2.OperationalError as error:
                if self.process is None or time.monotonic() > deadline:
                    raise CannotStart(f"PostgreSQL does not answer; see {self.log}") from error
                if self.process.poll() is not None:
                    self._start_again_or_give_up(deadline)
                time.sleep(0.02)

    def _start_again_or_give_up(self, deadline: float) -> None:
        """The backends of a killed postmaster need a moment to notice; the memory block is theirs."""
        if not self._died_of_leftovers() or time.monotonic() > deadline - START_SECONDS + 10:
            raise CannotStart(f"PostgreSQL did not start; see {self.log}")
        time.sleep(0.2)
        self.process = self._spawn()

    def _died_of_leftovers(self) -> bool:
        last = self.log.read_text(errors="replace")[-800:]
        return "pre-existing shared memory block" in last or "lock file" in last

    def _create(self, database: str) -> None:
        import psycopg2
        from psycopg2 import sql

        connection = psycopg2.connect(self.url(database="postgres"))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
            if cursor.fetchone() is None:
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        connection.close()
