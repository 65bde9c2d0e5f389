"""Promise P1: while everything behind the portal is killed, no submission goes unscreened and none counts twice."""

import contextlib
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from wpis.development.embedded.local import ROOT
from wpis.development.embedded.stack import Stack

pytestmark = pytest.mark.faults

SUBMISSIONS = int(os.environ.get("WPIS_FAULT_SUBMISSIONS", "500"))
FAULTS = int(os.environ.get("WPIS_FAULTS", "6"))
PAUSE = 2.5  # seconds between faults
LONGEST = 1.0  # seconds for one submission on a busy machine, faults included
CATCH_UP = 300.0  # seconds that a busy machine gets, after the last submission, to screen all that waits


NO_QUOTAS = {"WPIS_UPLOAD_QUOTAS": '{"waiting": 1000000, "files_an_hour": 1000000, "files_a_day": 1000000}'}
"""One employer files for all of the country here, and no worker checks files."""


def rows(stack: Stack, sql: str) -> list[tuple[Any, ...]]:
    with psycopg2.connect(stack.database_url()) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        fetched: list[tuple[Any, ...]] = cursor.fetchall()
    return fetched


def looked_at(stack: Stack) -> int:
    """How many rows the control has worked on; none while its table does not exist yet."""
    try:
        return int(rows(stack, "SELECT count(*) FROM control WHERE looked_at IS NOT NULL")[0][0])
    except psycopg2.errors.UndefinedTable:
        return 0


def kill_pool_child(stack: Stack) -> None:
    children = stack.children("worker-restricted")
    if children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(children[0], signal.SIGKILL)


def revive(stack: Stack, name: str) -> None:
    stack.kill(name)
    stack.start(name)


def freeze_broker(stack: Stack) -> None:
    """It hangs instead of refusing, the harder case."""
    pid = stack.pid("valkey")
    os.kill(pid, signal.SIGSTOP)
    time.sleep(3)
    os.kill(pid, signal.SIGCONT)


INJECTIONS = [
    lambda stack: revive(stack, "worker-restricted"),
    kill_pool_child,
    lambda stack: revive(stack, "valkey"),  # without persistence: every bell in it is gone
    lambda stack: revive(stack, "postgres"),
    freeze_broker,
    lambda stack: revive(stack, "ringer"),
]


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with Stack(
        webs=(), workers=("restricted",), ringer=True, durable=True, broker_keeps=False,
        environment=NO_QUOTAS,
    ) as running:  # fmt: skip
        yield running


def start(stack: Stack, module: str, *arguments: str, surface: str, says: Path) -> subprocess.Popen[bytes]:
    """Start a program that writes to the file `says`: a pipe that nobody reads fills up and stops it."""
    with says.open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=stack.environment(surface),
            stdout=said,
        )


def test_under_faults_every_accepted_submission_is_screened_exactly_once(
    stack: Stack, tmp_path: Path
) -> None:
    said = tmp_path / "accepted"
    client = start(stack, "tests.faults.submitter", str(SUBMISSIONS), surface="portal", says=said)
    injected, latest = 0, time.monotonic() + 120 + SUBMISSIONS * LONGEST
    for inject in itertools.cycle(INJECTIONS):
        time.sleep(PAUSE)
        if client.poll() is not None and injected >= FAULTS:
            break
        assert time.monotonic() < latest, f"only {len(said.read_text().split())} submissions were accepted"
        if injected < FAULTS or client.poll() is None:
            inject(stack)
            injected += 1
    accepted = set(said.read_text().split())
    assert client.returncode == 0
    assert len(accepted) == SUBMISSIONS
    assert injected >= FAULTS

    deadline = time.monotonic() + CATCH_UP
    while time.monotonic() < deadline:
        (waiting,) = rows(stack, "SELECT count(*) FROM permits_feeditem WHERE done_at IS NULL")[0]
        if waiting == 0:
            break
        time.sleep(0.5)

    screened = dict(
        rows(
            stack,
            """SELECT s.application_id::text, count(*) FROM permits_submission s
               JOIN alerts_screening r ON r.submission_id = s.id AND r.state = 'screened' GROUP BY 1""",
        )
    )
    assert accepted - screened.keys() == set(), "lost"
    assert {key: n for key, n in screened.items() if n != 1} == {}, "duplicate effects"
    assert rows(stack, "SELECT count(*) FROM alerts_facts") == [(SUBMISSIONS,)]
    assert rows(
        stack, "SELECT count(*) FROM permits_check WHERE kind = 'automatic' AND completed_at IS NULL"
    ) == [(0,)]
    worst = rows(
        stack,
        """SELECT percentile_cont(0.99) WITHIN GROUP (ORDER BY extract(epoch FROM completed_at - requested_at))
           FROM permits_check WHERE kind = 'automatic'""",
    )[0][0]
    print(f"\n{SUBMISSIONS} submissions, {injected} faults: 0 lost, 0 twice, p99 {worst:.1f} s to completion")


def test_without_the_outbox_the_same_kind_of_fault_loses_work(stack: Stack, tmp_path: Path) -> None:
    environment = stack.environment("owner")
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "tests.faults.control", "worker", "-c", "1", "-l", "ERROR",
         "--without-gossip", "--without-mingle", "-Q", "celery"],
        cwd=ROOT, env=environment, stdout=(tmp_path / "control.log").open("w"), stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        client = start(stack, "tests.faults.control", "200", surface="owner", says=tmp_path / "refused")
        deadline = time.monotonic() + 60
        while looked_at(stack) < 20:
            assert time.monotonic() < deadline, "the control's worker does not work at all"
            time.sleep(0.1)
        revive(stack, "valkey")
        client.wait(timeout=120)
        deadline, before = time.monotonic() + 40, -1
        while time.monotonic() < deadline:
            done = looked_at(stack)
            if done == before:
                break
            before = done
            time.sleep(4)
        lost = 200 - looked_at(stack)
        print(f"\nwithout the outbox: {lost} of 200 lost")
        assert lost > 0, "the control must lose some, or this test proves nothing"
    finally:
        worker.kill()
        worker.wait()
