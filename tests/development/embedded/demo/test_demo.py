"""`make demo`: one at a time, its data are kept, other commands find it, and it ends politely."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from wpis.development.embedded.local import ROOT
from wpis.development.embedded.servers.throwaway import throwaway_directory


@pytest.fixture(scope="module")
def state() -> Iterator[Path]:
    path = throwaway_directory()
    yield path
    subprocess.run(["rm", "-rf", path], check=True)


def environment(state: Path) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.endswith(("_URL", "_KEY", "_KEYS"))}
    return ours | {"WPIS_STATE": str(state), "WPIS_DEMO_APPLICATIONS": "0", "PYTHONUNBUFFERED": "1"}


def start(state: Path) -> subprocess.Popen[str]:
    """The demo, once it has printed where its logs are."""
    demo = subprocess.Popen(
        [sys.executable, "-m", "wpis.development.embedded.demo.supervisor"],
        cwd=ROOT, env=environment(state), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert demo.stdout is not None
    printed = ""
    for line in demo.stdout:
        printed += line
        if "Ctrl-C stops everything" in line:
            return demo
    raise AssertionError(f"the demo ended: {printed}")


def manage(state: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wpis.development.embedded.manage", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(state), capture_output=True, text=True)


def database_of(state: Path) -> str:
    """Names the cluster itself, so that a new one is told from the old one."""
    question = (
        "from django.db import connection as c; k=c.cursor(); k.execute('SELECT system_identifier FROM "
    )
    question += "pg_control_system()'); print('cluster', k.fetchone()[0])"
    answer = manage(state, "shell", "-c", question)
    assert "cluster " in answer.stdout, answer.stderr
    return answer.stdout.split("cluster ")[1].strip()


def test_the_demo_from_its_first_start_to_its_second(state: Path) -> None:
    demo = start(state)
    try:
        second = subprocess.run(
            [sys.executable, "-m", "wpis.development.embedded.demo.supervisor"],
            cwd=ROOT, env=environment(state), capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert second.returncode == 1
        assert f"already running (process {demo.pid})" in second.stderr
        while_it_runs = database_of(state)
    finally:
        asked = time.monotonic()
        os.kill(demo.pid, signal.SIGTERM)
        assert demo.wait(20) == 0
    assert time.monotonic() - asked < 5
    secrets = state / "secrets.json"
    assert secrets.stat().st_mode & 0o077 == 0
    kept = secrets.read_text()
    assert database_of(state) == while_it_runs  # servers started for this one command, on the same data
    assert secrets.read_text() == kept
