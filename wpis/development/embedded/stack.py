"""All of WPIS on this machine, as a context manager: servers, web surfaces, workers, beat and ringer."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from wpis.development.embedded.errors import CannotStart
from wpis.development.embedded.local import ROOT
from wpis.development.embedded.processes import services
from wpis.development.embedded.processes.children import children_of, signal_group, spawn, stop_all
from wpis.development.embedded.processes.services import Service
from wpis.development.embedded.processes.watchdog import Watchdog
from wpis.development.embedded.servers.ports import free_ports
from wpis.development.embedded.servers.postgres import Postgres
from wpis.development.embedded.servers.throwaway import throwaway_directory
from wpis.development.embedded.servers.valkey import Valkey
from wpis.development.embedded.surroundings import Surroundings

READY_SECONDS = 60.0
PATIENCE = 1.5  # seconds that web servers and workers get to finish; the whole stop stays within 5


def _silent(_: str) -> None:
    """Say nothing."""


class Stack(Surroundings):
    """Start what is asked for, on free ports; on leaving, stop it all and throw a temporary state away.

    Without `state` everything lives in a temporary directory. `database_url` and `redis_url` name servers
    that run already; otherwise own ones are started. Names: portal, office, protection, worker-open,
    worker-files, worker-restricted, beat, ringer, postgres, valkey. Use it from the main thread: the kernel ends the
    children when the thread that started them ends. Raises CannotStart, with the last lines of the log.
    """

    def __init__(
        self,
        state: Path | None = None,
        *,
        webs: Sequence[str] = services.WEBS,
        workers: Sequence[str] = services.QUEUES,
        beat: bool = False,
        ringer: bool = True,
        ports: Mapping[str, int] | None = None,
        database_url: str | None = None,
        redis_url: str | None = None,
        durable: bool | None = None,
        broker_keeps: bool | None = None,
        environment: Mapping[str, str] | None = None,
        say: Callable[[str], None] = _silent,
    ) -> None:
        wished = ports or {}
        durable = state is not None if durable is None else durable
        self.throwaway = state is None
        super().__init__(
            state or throwaway_directory(),
            ports=dict(zip(webs, free_ports(wished.get(web) for web in webs), strict=True)),
            database_url=database_url,
            redis_url=redis_url,
            durable=durable,
            broker_keeps=durable if broker_keeps is None else broker_keeps,
            environment=environment or {},
        )
        self.say = say
        self.webs, self.workers, self.with_beat, self.with_ringer = webs, workers, beat, ringer
        self.services: dict[str, Service] = {}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.watchdog: Watchdog | None = None

    # --- as a whole ------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        try:
            self.watchdog = Watchdog()
            self.start_servers()
            self.prepare()
            self.start_services()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def servers(self) -> Iterator[Self]:
        """Only PostgreSQL and the broker, for one command."""
        try:
            self.watchdog = Watchdog()
            self.start_servers()
            yield self
        finally:
            self.close()

    def start_servers(self) -> None:
        """PostgreSQL and the broker, unless they were given."""
        if self.postgres is not None:
            self.start("postgres")
            self.say("PostgreSQL is up")
        if self.valkey is not None:
            self.start("valkey")
            self.say("Valkey is up")

    def prepare(self) -> None:
        """Migrate as the owner, create the roles, give the grants."""
        self.run([sys.executable, "-m", "wpis.development.embedded.prepare"])
        if self.given_database:
            self.let_roles_in()
        self.say("Database migrated, roles granted")

    def start_services(self) -> None:
        """Web surfaces first: a page is served while the workers still load."""
        self.services = {surface: services.web(surface, port) for surface, port in self.ports.items()}
        for surface in self.webs:
            self.start(surface, wait=False)
        for surface in self.webs:
            self.wait_until_served(surface)
            self.say(f"{surface} answers on {self.url(surface)}")
        later = [services.worker(queue) for queue in self.workers]
        later += [services.ringer()] if self.with_ringer else []
        later += [services.beat(self.state)] if self.with_beat else []
        for service in later:
            self.services[service.name] = service
            self.start(service.name)
        if later:
            self.say(f"Started {', '.join(service.name for service in later)}")

    def close(self) -> None:
        """Stop all: web servers, workers and ringer together, then the broker, then the database."""
        stop_all(list(self.running.values()), patience=PATIENCE)
        self.running.clear()
        for server in (self.valkey, self.postgres):
            if server is not None:
                server.stop()
        if self.watchdog is not None:
            self.watchdog.close()
            self.watchdog = None
        if self.throwaway:
            shutil.rmtree(self.state, ignore_errors=True)

    # --- one by one ------------------------------------------------------------------------------------

    def start(self, name: str, *, wait: bool = True) -> None:
        """Start a process that does not run; a web surface or server is waited for."""
        if server := self._server(name):
            process = server.start().process
            polite = signal.SIGINT if name == "postgres" else signal.SIGTERM
        else:
            service, polite = self.services[name], signal.SIGTERM
            process = self.running[name] = spawn(
                service.command,
                log=self.log(name),
                environment=self.environment(service.name),
                directory=ROOT,
            )
        if self.watchdog is not None and process is not None:
            self.watchdog.add(process.pid, polite)
        if wait and name in self.ports:
            self.wait_until_served(name)

    def adopt(self, name: str, child: subprocess.Popen[bytes]) -> None:
        """Let a child that somebody else spawned end with the stack."""
        self.running[name] = child
        if self.watchdog is not None:
            self.watchdog.add(child.pid)

    def stop(self, name: str) -> None:
        """Stop one process politely, its children with it."""
        pid = self.pid(name)
        if server := self._server(name):
            server.stop()
        else:
            stop_all([self.running.pop(name)], patience=PATIENCE)
        self._forget(pid)

    def kill(self, name: str) -> None:
        """SIGKILL a process and its children, as a failing machine would; `start` brings it back."""
        pid = self.pid(name)
        if server := self._server(name):
            server.kill()
        else:
            signal_group(pid, signal.SIGKILL)
            self.running.pop(name).wait()
        self._forget(pid)

    def pid(self, name: str) -> int:
        """The process number; raises KeyError when it does not run."""
        server = self._server(name)
        process = server.process if server else self.running.get(name)
        if process is None:
            raise KeyError(name)
        return process.pid

    def children(self, name: str) -> list[int]:
        """The process numbers of its own children: Celery's pool, granian's workers."""
        return children_of(self.pid(name))

    def ended(self) -> dict[str, int]:
        """Processes that ended by themselves, with their exit codes; they are taken off the list."""
        gone = {name: code for name, child in self.running.items() if (code := child.poll()) is not None}
        for name in gone:
            child = self.running.pop(name)
            signal_group(child.pid, signal.SIGKILL)
            self._forget(child.pid)
        return gone

    def _server(self, name: str) -> Postgres | Valkey | None:
        return {"postgres": self.postgres, "valkey": self.valkey}.get(name)

    def _forget(self, pid: int) -> None:
        if self.watchdog is not None:
            self.watchdog.forget(pid)

    # --- work in it ------------------------------------------------------------------------------------

    def seed(self, *, applications: int, seed: int = 1) -> str:
        """Fill it with a simulated country."""
        return self.manage("simulate", "--applications", str(applications), "--seed", str(seed))

    def wait_until_served(
        self, surface: str, path: str = "/health/ready", *, seconds: float = READY_SECONDS
    ) -> None:
        """Wait for the first answer below 500; raises CannotStart when it does not come."""
        deadline = time.monotonic() + seconds
        answer = "nothing"
        while time.monotonic() < deadline:
            if self.running[surface].poll() is not None:
                raise CannotStart(f"{surface} ended at once:\n{self.last_lines(surface)}")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.ports[surface]}{path}", timeout=5).close()
                return
            except urllib.error.HTTPError as error:
                if error.code < 500:
                    return
                answer = f"status {error.code}"
            except OSError:
                pass
            time.sleep(0.05)
        raise CannotStart(f"{surface} gave {answer} in {seconds:.0f} s:\n{self.last_lines(surface)}")
