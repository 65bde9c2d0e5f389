"""PostgreSQL and Valkey out of wheels: start, die, start again, and leave nothing behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from wpis.development.embedded.errors import AlreadyRunning
from wpis.development.embedded.local import ROOT
from wpis.development.embedded.processes.children import state_of
from wpis.development.embedded.servers.postgres import Postgres
from wpis.development.embedded.servers.throwaway import sweep, throwaway_directory
from wpis.development.embedded.servers.valkey import Valkey


@pytest.fixture
def state() -> Iterator[Path]:
    path = throwaway_directory()
    yield path
    subprocess.run(["rm", "-rf", path], check=True)


def ask(postgres: Postgres, question: str) -> object:
    connection = psycopg2.connect(postgres.url())
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def is_gone(pid: int) -> bool:
    return state_of(pid) in (None, "Z")


def test_armenian_is_searched_without_regard_to_case(state: Path) -> None:
    postgres = Postgres(state, durable=False).start()
    try:
        ask(postgres, "CREATE EXTENSION pg_trgm")
        assert ask(postgres, "SELECT 'ՀԱՅԱՍՏԱՆ' ILIKE 'հայաստան'") is True
        assert ask(postgres, "SELECT similarity('Հակոբյան', 'Հակոբյանց') > 0.5") is True
    finally:
        postgres.stop()


def test_a_committed_row_survives_a_killed_postmaster(state: Path) -> None:
    postgres = Postgres(state, durable=False).start()
    try:
        ask(postgres, "CREATE TABLE kept AS SELECT 1 AS n")
        postgres.kill()
        postgres.start()  # at once: the dead one's lock file and memory block are still there
        assert ask(postgres, "SELECT n FROM kept") == 1
    finally:
        postgres.stop()


def test_a_zombie_postmaster_is_waited_for(state: Path) -> None:
    first = Postgres(state, durable=False).start()
    dead = first.process
    assert dead is not None
    os.kill(dead.pid, signal.SIGKILL)
    while state_of(dead.pid) != "Z":  # we are its parent and have not waited for it
        time.sleep(0.01)
    threading.Timer(0.7, dead.wait).start()
    again = Postgres(state, durable=False).start()
    try:
        assert ask(again, "SELECT 1") == 1
    finally:
        again.stop()


def test_a_second_server_on_the_same_data_is_refused(state: Path) -> None:
    first = Postgres(state, durable=False).start()
    try:
        with pytest.raises(AlreadyRunning, match=str(first.process and first.process.pid)):
            Postgres(state, durable=False).start()
        assert ask(first, "SELECT 1") == 1
    finally:
        first.stop()


def test_only_this_user_can_reach_the_sockets(state: Path) -> None:
    postgres, valkey = Postgres(state, durable=False), Valkey(state, durable=False)
    assert postgres.sockets.stat().st_mode & 0o077 == 0
    assert valkey.socket.parent.stat().st_mode & 0o077 == 0


def test_a_durable_broker_keeps_its_queue_over_a_kill(state: Path) -> None:
    import redis

    valkey = Valkey(state, durable=True).start()
    try:
        redis.Redis(unix_socket_path=str(valkey.socket)).rpush("queue", "bell")
        time.sleep(1.1)  # appendfsync everysec
        valkey.kill()
        valkey.start()
        assert redis.Redis(unix_socket_path=str(valkey.socket)).lrange("queue", 0, -1) == [b"bell"]
    finally:
        valkey.stop()


def test_servers_end_when_the_one_who_started_them_is_killed(state: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path\n"
        "from wpis.development.embedded.servers.postgres import Postgres\n"
        "from wpis.development.embedded.servers.valkey import Valkey\n"
        "state = Path(sys.argv[1])\n"
        "p, v = Postgres(state, durable=False).start(), Valkey(state, durable=False).start()\n"
        "print(p.process.pid, v.process.pid, flush=True); time.sleep(60)\n"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", program, state], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    pids = [int(pid) for pid in starter.stdout.readline().split()]
    assert len(pids) == 2
    starter.kill()
    starter.wait()
    deadline = time.monotonic() + 3
    while not all(map(is_gone, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert all(map(is_gone, pids))


def test_directories_of_killed_runs_are_swept_and_those_of_living_ones_are_not(state: Path) -> None:
    finished = subprocess.Popen(["true"])
    finished.wait()
    orphan = state.with_name(f"wpis-throwaway-{finished.pid}-orphan")
    orphan.mkdir()
    sweep()
    assert not orphan.exists()
    assert state.exists()
