"""The whole service as the manual makes it: servers of the ministry, the operator's steps, the processes, the proxy."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.operator import compose
from tests.operator.containers import Container, Machine
from tests.operator.manual import Step, steps
from tests.operator.operator_shell import Operator, install_programs
from tests.operator.servers.authority import Authority
from tests.operator.servers.empty import EmptyPostgres, EmptyValkey
from tests.operator.servers.front import Front, SecureVisitor, sites
from tests.operator.servers.listening import Listening
from tests.operator.servers.mail_server import MailServer
from tests.operator.servers.malware_scanner import MalwareScanner
from tests.operator.servers.relay import Relay
from tests.repo.image import ROOT
from wpis.development.embedded.processes.children import spawn, stop_all
from wpis.development.embedded.processes.watchdog import Watchdog
from wpis.development.embedded.servers.ports import any_free_port
from wpis.development.embedded.servers.throwaway import throwaway_directory

MAIL_PASSWORD = "a %pass'word of the mail server"
HEALTHY_SECONDS = 90.0


@dataclass
class Site:
    """What the tests look at."""

    machine: Machine
    operator: Operator
    manual: list[Step]
    postgres: EmptyPostgres
    broker: EmptyValkey
    relay: Relay
    relay_port: int
    mail: MailServer
    scanner: MalwareScanner
    authority: Authority
    watchdog: Watchdog
    ports: dict[str, int] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    front: Front | None = None

    @property
    def env(self) -> dict[str, str]:
        """What stands in `.env` now."""
        return compose.dotenv(self.machine.release / ".env")

    def container(self, name: str, *, more: Mapping[str, str] | None = None) -> Container:
        """A process as compose would start it; a web server on a free port of the loopback."""
        container = self.machine.container(name, shell={}, more=more)
        if container.command[0] != "granian":
            return container
        port = str(self.ports.setdefault(name, any_free_port()))
        words = [{"0.0.0.0": "127.0.0.1", "8000": port}.get(word, word) for word in container.command]
        return Container(name, tuple(words), container.environment)

    def log(self, name: str) -> Path:
        """Where a process writes."""
        return self.machine.state / "log" / f"{name}.log"

    def start(self) -> None:
        """What `docker compose up` starts, and the proxy."""
        assert self.machine.told_to_start.exists(), "no step of the manual starts the service"
        for name in self.machine.own({}):
            container = self.container(name)
            child = spawn(
                container.command,
                log=self.log(name),
                environment=container.environment,
                directory=self.machine.tree,
            )
            self.watchdog.add(child.pid)
            self.running[name] = child
        hosts = sites(self.machine.release / "docker" / "Caddyfile", self.env)
        self.front = Front(
            {host: self.ports[name] for host, name in hosts.items()}, self.authority.server_context([*hosts])
        )

    def close_front(self) -> None:
        """The proxy, if the service was started."""
        if self.front is not None:
            self.front.close()

    def wait_until_healthy(self) -> None:
        """As the health checks of compose say: a page of the web servers, the heartbeat of the others."""
        deadline = time.monotonic() + HEALTHY_SECONDS
        waiting = set(self.running)
        while waiting:
            for name in sorted(waiting):
                child = self.running[name]
                assert child.poll() is None, f"{name} ended:\n{self.log(name).read_text()[-3000:]}"
                if self._is_healthy(name):
                    waiting.discard(name)
            assert time.monotonic() < deadline, {name: self.log(name).read_text()[-1500:] for name in waiting}
            time.sleep(0.2)

    def _is_healthy(self, name: str) -> bool:
        if name in self.ports:
            return self.status(name, "/health/ready") == 200
        return (self.machine.state / "containers" / name / "heartbeat").exists()

    def status(self, name: str, path: str, token: str = "") -> int:
        """What a web server answers to its neighbours in the network of containers."""
        with contextlib.suppress(OSError):
            return self.ask(name, path, token)[0]
        return 0

    def ask(self, name: str, path: str, token: str = "") -> tuple[int, str]:
        """Status and text; Raises OSError when nobody answers."""
        headers = {"X-Forwarded-Proto": "https"} | ({"Authorization": f"Bearer {token}"} if token else {})
        request = urllib.request.Request(f"http://localhost:{self.ports[name]}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return int(answer.status), answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def visitor(self, surface: str) -> SecureVisitor:
        """Somebody at the door of a surface, from outside."""
        assert self.front is not None
        host = self.env[f"WPIS_{surface.upper()}_HOST"]
        return SecureVisitor(f"https://{host}/", port=self.front.port, authority=self.authority.certificate)


@contextlib.contextmanager
def built() -> Iterator[Site]:
    """The servers, empty, and an operator before the first step; all of it is gone afterwards."""
    state = throwaway_directory()
    watchdog, listening = Watchdog(), Listening()
    with contextlib.ExitStack() as at_the_end:
        at_the_end.callback(shutil.rmtree, state, ignore_errors=True)
        at_the_end.callback(watchdog.close)
        at_the_end.callback(listening.close)
        postgres, broker = EmptyPostgres(state), EmptyValkey(state)
        for server in (postgres, broker):
            watchdog.add(server.process.pid)
            at_the_end.callback(server.stop)
        machine = Machine(state / "release", state)
        _unpack(machine.release)
        authority = Authority("authority", state)
        for name in ("database", "mail"):
            shutil.copy(authority.certificate, machine.release / "docker/certificates" / f"{name}.pem")
        tls = authority.server_context(["localhost"])
        relay = Relay(postgres.port, tls)
        mail, scanner = MailServer(tls, "wpis", MAIL_PASSWORD), MalwareScanner()
        relay_port = listening.serve(relay.talk)
        own = {
            "PGHOST=db.example.am PGPORT=5432": f"PGHOST=localhost PGPORT={relay_port}",
            "db.example.am:5432": f"localhost:{relay_port}",
            ":password@broker.example.am:6379": f":{broker.password}@127.0.0.1:{broker.port}",
            "WPIS_EMAIL_HOST='mail.example.am'": "WPIS_EMAIL_HOST='localhost'",
            "WPIS_EMAIL_PORT='587'": f"WPIS_EMAIL_PORT='{listening.serve(mail.talk)}'",
            "scanner.example.am:3310": f"127.0.0.1:{listening.serve(scanner.talk)}",
        }
        operator = Operator(
            machine, own, {"secrets": f"{MAIL_PASSWORD}\n", "database": f"{postgres.password}\n"}
        )
        install_programs(machine, postgres)
        site = Site(
            machine, operator, steps(ROOT / "docs/operations.md"), postgres, broker, relay, relay_port, mail,
            scanner, authority, watchdog,
        )  # fmt: skip
        at_the_end.callback(lambda: stop_all(list(site.running.values()), patience=3))
        at_the_end.callback(site.close_front)
        yield site


def _unpack(release: Path) -> None:
    """What an operator has on the machine: the files that speak to Docker, no code."""
    release.mkdir()
    for name in ("docker-compose.yml", "Dockerfile", ".env.example"):
        shutil.copy(ROOT / name, release / name)
    shutil.copytree(ROOT / "docker", release / "docker")
