"""Where a stack lives and how its processes reach each other: addresses, secrets, environments."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from wpis.development.embedded.errors import CannotStart
from wpis.development.embedded.local import ROOT
from wpis.development.embedded.processes import services
from wpis.development.embedded.secrets import KEYS, digest_keys, kept_secrets
from wpis.development.embedded.servers.databases import renamed
from wpis.development.embedded.servers.postgres import Postgres
from wpis.development.embedded.servers.valkey import Valkey


class Surroundings:
    """A state directory, the servers in it or elsewhere, and a port for each web surface."""

    def __init__(
        self,
        state: Path,
        *,
        ports: Mapping[str, int],
        database_url: str | None,
        redis_url: str | None,
        durable: bool,
        broker_keeps: bool,
        environment: Mapping[str, str],
    ) -> None:
        self.state = state
        self.ports = dict(ports)
        self.given_database, self.given_redis = database_url, redis_url
        self.postgres = None if database_url else Postgres(state, durable=durable, log=self.log("postgres"))
        self.valkey = None if redis_url else Valkey(state, durable=broker_keeps, log=self.log("valkey"))
        self.secrets = kept_secrets(state / "secrets.json")
        self.role_password = self.secrets.pop("role_password")  # no process may learn another role's
        self.more_environment = dict(environment)

    def url(self, surface: str, path: str = "") -> str:
        """The address of a surface; by name, since passkeys do not work on a number."""
        return f"http://localhost:{self.ports[surface]}{path}"

    def log(self, name: str) -> Path:
        """Where a process writes."""
        return self.state / "log" / f"{name}.log"

    def database_url(self, surface: str = "owner") -> str:
        """The database as the role of a surface sees it."""
        role = services.ROLES.get(surface)
        if self.postgres is not None:
            return self.postgres.url(role)
        assert self.given_database is not None
        return (
            renamed(self.given_database, role=f"{role}:{self.role_password}") if role else self.given_database
        )

    def environment(self, process: str = "owner") -> dict[str, str]:
        """What a process of that name finds in its environment: ours without our keys, and the stack's."""
        ours = {name: value for name, value in os.environ.items() if name not in KEYS}
        return ours | self.variables(process)

    def variables(self, process: str = "owner") -> dict[str, str]:
        """The stack's own part of that environment; of the keys only those that the process needs."""
        surface = services.SURFACE[process]
        withheld = KEYS - services.KEYS_OF[process]
        secrets = {name: value for name, value in self.secrets.items() if name not in withheld}
        if "WPIS_DIGEST_KEYS" in secrets:
            surfaces = services.DIGEST_KEYS_OF[process]
            secrets["WPIS_DIGEST_KEYS"] = digest_keys(secrets["WPIS_DIGEST_KEYS"], surfaces)
        if process in services.SIGNS_NOTHING:
            secrets["WPIS_SECRET_KEY"] = "this process signs nothing"
        redis_url = self.valkey.url if self.valkey is not None else str(self.given_redis)
        mail = self.state / "mail"
        mail.mkdir(mode=0o700, exist_ok=True)  # one-time codes and links are in there
        own = {
            "DJANGO_SETTINGS_MODULE": "wpis.settings",
            "WPIS_SURFACE": surface,
            "WPIS_DEMO": "1",
            "WPIS_STATE": str(self.state),
            "WPIS_EMAIL_DIR": str(mail),
            "WPIS_HELP_EMAIL": "help@example.am",
            "DATABASE_URL": self.database_url(surface),
            "REDIS_URL": redis_url,
            "PYTHONUNBUFFERED": "1",
        }
        addresses = {f"WPIS_{web.upper()}_URL": self.url(web) for web in self.ports}
        return {**secrets, **addresses, **own, **self.more_environment}

    def manage(self, *arguments: str) -> str:
        """Run a management command as the owner and return what it printed; raises CannotStart when it fails."""
        return self.run([sys.executable, "manage.py", *arguments])

    def run(self, command: Sequence[str]) -> str:
        """Run a command in the project with the owner's environment; raises CannotStart when it fails."""
        result = subprocess.run(command, cwd=ROOT, env=self.environment(), capture_output=True, text=True)
        if result.returncode:
            raise CannotStart(f"{' '.join(command[1:])} failed:\n{(result.stdout + result.stderr)[-4000:]}")
        return result.stdout

    def let_roles_in(self) -> None:
        """On a server that asks for passwords the roles get ours; our own server trusts its socket."""
        import psycopg2
        from psycopg2 import sql

        connection = psycopg2.connect(self.database_url())
        with connection, connection.cursor() as cursor:
            for role in services.ROLES.values():
                cursor.execute(
                    sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                        sql.Identifier(role), sql.Literal(self.role_password)
                    )
                )
        connection.close()

    def last_lines(self, name: str, count: int = 25) -> str:
        """The end of a process's log, for a message."""
        with contextlib.suppress(OSError):
            return "\n".join(self.log(name).read_text(errors="replace").splitlines()[-count:])
        return ""
