"""The whole stack: it serves, processes die and come back, and nothing outlives it, however it ends."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from wpis.development.embedded.local import ROOT
from wpis.development.embedded.servers.ports import any_free_port, free_ports, is_free
from wpis.development.embedded.stack import Stack

# A shell that starts a job in the background lets it ignore Ctrl-C; the job of a person at a terminal does not.
STARTER = """
import signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from wpis.development.embedded.stack import Stack
with Stack(webs=("portal",), workers=("restricted",)) as stack:
    print(stack.state, flush=True)
    time.sleep(60)
"""


def processes_of(state: Path) -> list[str]:
    """Every living process whose environment or command line names the state directory."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                continue
            if str(state).encode() in (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes():
                found.append((entry / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def wait_until_nothing_runs(state: Path, seconds: float) -> list[str]:
    deadline = time.monotonic() + seconds
    while (left := processes_of(state)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with Stack(webs=("portal",), workers=("restricted",)) as running:
        yield running


def assert_gone(pids: list[int], otherwise: str) -> None:
    deadline = time.monotonic() + 3  # the kernel takes a moment to end them
    while any(Path(f"/proc/{pid}/exe").exists() for pid in pids):
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)


def test_a_killed_web_server_leaves_no_worker_and_comes_back(stack: Stack) -> None:
    workers = stack.children("portal")
    assert workers
    stack.kill("portal")
    assert_gone(workers, "a worker outlives its web server")
    stack.start("portal")
    with urllib.request.urlopen(stack.url("portal", "/health/ready"), timeout=5) as answer:
        assert answer.status == 200


def test_a_killed_queue_worker_takes_its_pool_along(stack: Stack) -> None:
    deadline = time.monotonic() + 20
    while len(pool := stack.children("worker-restricted")) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(pool) == 2
    stack.kill("worker-restricted")
    assert_gone(pool, "the pool outlives its worker")
    stack.start("worker-restricted")
    assert stack.ended() == {}


def test_pages_survive_a_killed_database_and_broker(stack: Stack) -> None:
    for server in ("postgres", "valkey"):
        stack.kill(server)
        stack.start(server)
    stack.wait_until_served("portal", seconds=10)


def test_a_surface_knows_the_database_only_as_its_own_role(stack: Stack) -> None:
    variables = stack.environment("portal")
    assert "wpis_portal@" in variables["DATABASE_URL"]
    assert not any(stack.role_password in value for value in variables.values())


def test_nothing_is_left_after_the_block() -> None:
    with Stack(webs=(), workers=("open",), beat=True, ringer=False) as stack:
        state = stack.state
        assert processes_of(state)
    assert processes_of(state) == []
    assert not state.exists()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["kill -9", "Ctrl-C"])
def test_nothing_outlives_the_starter(number: signal.Signals) -> None:
    starter = subprocess.Popen([sys.executable, "-c", STARTER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None
    line = starter.stdout.readline().strip()
    assert line, "the stack did not start"
    state = Path(line)
    assert len(processes_of(state)) >= 6
    os.kill(starter.pid, number)
    if number == signal.SIGKILL:
        starter.wait()
    left = wait_until_nothing_runs(state, 3 if number == signal.SIGKILL else 5)
    starter.wait(5)
    assert left == []


def test_a_taken_port_is_passed_over() -> None:
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert not is_free(taken)
        first, second = free_ports([taken, taken])
        assert taken not in (first, second)
        assert first != second
    assert is_free(any_free_port())
