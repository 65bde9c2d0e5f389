"""The restore drill, step by step: work, back up, go on, lose the server, restore a copy, compare it, work on it."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg2

from tests.drill import picture
from tests.drill.picture import Picture
from tests.drill.programs import BACKUP_ROLE, Programs, keys_in
from tests.smoke.story import MainJob
from wpis.development.embedded.errors import CannotStart
from wpis.development.embedded.local import ROOT
from wpis.development.embedded.servers.directories import reachable_directory
from wpis.development.embedded.servers.postgres import Postgres
from wpis.development.embedded.servers.throwaway import throwaway_directory
from wpis.development.embedded.stack import Stack

SUBMITTED, REFERRED = 6, 13
"""After so many steps of the main job the base backup is taken, and the second is marked."""

SOMEBODY_REAL = """
    INSERT INTO accounts_user (id, password, is_superuser, email, name, role, surface, organisation, is_active,
                               joined_at, session_generation)
    VALUES (gen_random_uuid(), '!', false, 'clerk@ministry.am', 'A clerk', 'officer', 'office', '', false, now(), 0)
"""
"""An account that no demo has made: with it a database is not used for development, unless it is a restored copy."""

Say = Callable[[str], None]


def ask(url: str, *statements: str) -> list[tuple[object, ...]]:
    """Run statements one by one, outside a transaction; the rows of the last."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


class Drill:
    """A server that will be lost, what was kept of it, and a copy that is made of that."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.place = throwaway_directory()
        self.name = self.moment = ""
        self.marked = Picture()
        self.secrets: dict[str, str] = {}
        self.granted = 0

    def close(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.place, ignore_errors=True)

    # --- the server ------------------------------------------------------------------------------------

    def work_and_lose(self) -> None:
        """Work through the main job; on the way a base backup and the marked second; then the server is gone."""
        state = self.place / "server"
        self._archive_from_the_start(state)
        with Stack(state, say=lambda sentence: self.say(f"  {sentence}")) as stack:
            assert stack.postgres is not None
            self.secrets = dict(stack.secrets)
            self.programs = Programs(self.place, stack.postgres)
            ask(stack.postgres.url(), SOMEBODY_REAL)
            steps = list(MainJob(stack).steps())
            self._walk(steps[:SUBMITTED])
            self.name = self.programs.run("base_backup.sh", self.programs.root)
            self.say(f"Base backup {self.name} taken and verified while the service ran")
            with granting(stack) as runs:
                self._walk(steps[SUBMITTED:REFERRED])
            self.granted = runs.count
            self.say(f"Meanwhile grant_surfaces ran {runs.count} times")
            self.refused = refusals(stack)
            self.marked, self.moment = picture.take(stack.postgres.url(), hold=True)
            self.say(f"Marked second: {self.moment}")
            self._walk(steps[REFERRED:])
            self._archived(stack.postgres.url())
            shutil.copy(state / "secrets.json", self.place / "secret-store.json")  # keys are kept elsewhere
            stack.kill("postgres")
        shutil.rmtree(stack.postgres.data)
        shutil.rmtree(state)
        self.say("The server is killed and its data are deleted")

    def _archive_from_the_start(self, state: Path) -> None:
        server = Postgres(state)
        self.programs = Programs(self.place, server)
        server.start()
        ask(
            server.url(),
            "ALTER SYSTEM SET archive_mode = 'on'",
            "ALTER SYSTEM SET archive_timeout = '60s'",
            f"ALTER SYSTEM SET archive_command = '{self.programs.archive_command}'",
            f"CREATE ROLE {BACKUP_ROLE} LOGIN REPLICATION",
            f"GRANT CONNECT ON DATABASE postgres TO {BACKUP_ROLE}",
        )
        server.stop()

    def _walk(self, steps: list[tuple[str, Callable[[], None]]]) -> None:
        for sentence, act in steps:
            act()
            self.say(f"  {sentence}")

    def _archived(self, url: str) -> None:
        """What was written until now is in the archive; in life it is there within `archive_timeout`."""
        ((last,),) = ask(
            url,
            "SELECT pg_logical_emit_message(true, 'drill', 'the end')",  # a switch of an empty segment is none
            "SELECT pg_walfile_name(pg_current_wal_insert_lsn())",
        )
        ask(url, "SELECT pg_switch_wal()")
        deadline = time.monotonic() + 90
        while not (self.programs.wal / f"{last}.gz").exists():
            if time.monotonic() > deadline:
                raise CannotStart(f"{last} was not archived: {ask(url, 'SELECT * FROM pg_stat_archiver')}")
            time.sleep(0.1)

    # --- the copy --------------------------------------------------------------------------------------

    def restore(self, name: str = "copy", root: Path | None = None) -> Postgres:
        """A running server with what was there at the marked second; raises CannotStart when it cannot get there."""
        state = self.place / name
        state.mkdir(mode=0o711)
        data = reachable_directory(state / "postgres", self.programs.account)
        self.programs.run("restore.sh", root or self.programs.root, self.name, data, f"{self.moment}")
        server = Postgres(state)
        server.start()
        deadline = time.monotonic() + 60
        while ask(server.url(), "SELECT pg_is_in_recovery()") != [(False,)]:
            if time.monotonic() > deadline:
                raise CannotStart("The copy does not open")
            time.sleep(0.1)
        shutil.copy(self.place / "secret-store.json", state / "secrets.json")
        return server

    def differences(self, server: Postgres) -> list[str]:
        """What the copy differs in from the marked second."""
        found, _ = picture.take(server.url())
        for line in picture.compared(self.marked, found):
            self.say(f"  {line}")
        return list(picture.differences(self.marked, found))

    def keys_kept(self) -> list[str]:
        """Keys in the backup, of which there must be none."""
        return keys_in(self.programs.root, self.secrets)

    def stack_on_copy(self, url: str | None = None) -> Stack:
        """The service on the copy, with the keys out of their store; with a URL, on the server that runs already."""
        return Stack(self.place / "copy", database_url=url)

    def smoke_on_server(self, url: str) -> str:
        """`make smoke COPY=<address>`, as an operator would: what it printed. Raises CannotStart."""
        held = {name: value for name, value in self.secrets.items() if name.startswith("WPIS_")}
        done = subprocess.run(
            [sys.executable, "-m", "tests.smoke", url],
            cwd=ROOT, env={**os.environ, **held}, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise CannotStart(done.stdout + done.stderr)
        return done.stdout

    def work_on_copy(self, stack: Stack) -> None:
        """`make smoke` on the copy, by people of its own."""
        began = time.monotonic()
        self._walk(list(MainJob(stack, walk="drill").steps()))
        self.say(f"The main job works on the copy ({time.monotonic() - began:.0f} s)")


class granting:
    """Runs `grant_surfaces` again and again beside the work in the block, in a process of its own."""

    def __init__(self, stack: Stack) -> None:
        self.stack, self.count = stack, 0

    def __enter__(self) -> "granting":
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.drill.granting"],
            cwd=ROOT, env=self.stack.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return self

    def __exit__(self, *error: object) -> None:
        said, _ = self.process.communicate()  # closes its standard input: it ends after this run
        if self.process.returncode:
            raise CannotStart("grant_surfaces ended with an error")
        self.count = int(said.split()[-1])


def refusals(stack: Stack) -> list[str]:
    """Lines of the processes' logs that tell of a missing right, a lock, a deadlock, or an error of a page."""
    words = (
        "permission denied",
        "InsufficientPrivilege",
        "LockNotAvailable",
        "deadlock",
        "Internal Server Error",
    )
    return [
        f"{file.stem}: {line[:300]}"
        for file in sorted((stack.state / "log").glob("*.log"))
        for line in file.read_text(errors="replace").splitlines()
        if any(word in line for word in words)
    ]


def main() -> int:
    """`make drill`: 0 when the copy is what was there at the marked second, and works."""
    drill = Drill(lambda sentence: print(sentence, flush=True))
    began = time.monotonic()
    try:
        drill.work_and_lose()
        drill.say(drill.programs.run("verify_backup.sh", drill.programs.root))
        kept = drill.keys_kept()
        drill.say(
            f"Looked for {len(json.dumps(drill.secrets))} characters of keys: {kept or 'none is in the backup'}"
        )
        server = drill.restore()
        drill.say("Restored. Compared with the marked second:")
        different = drill.differences(server)
        server.stop()
        stack = drill.stack_on_copy()
        with stack.servers():
            drill.say(stack.manage("grant_surfaces", "--check").strip())
            drill.say(stack.manage("verify_audit").strip().splitlines()[-1])
        with drill.stack_on_copy() as stack:
            drill.work_on_copy(stack)
    finally:
        drill.close()
    for sentence in [*kept, *different, *drill.refused]:
        print(f"NOT AS IT WAS: {sentence}")
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if kept or different or drill.refused else 0
