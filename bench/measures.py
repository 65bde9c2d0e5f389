"""What is measured: submitting, screening a backlog, the way from submit to screened, the officer's queue."""

import http.client
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import psycopg2
import redis

from bench.figures import Figure, median, percentile
from wpis.development.embedded.local import ROOT
from wpis.development.embedded.servers.ports import free_ports
from wpis.development.embedded.stack import Stack

DRAFTS = 300
TASKS = 3000


def inside(stack: Stack, *arguments: str, surface: str = "owner") -> dict[str, Any]:
    """Run one command of `bench.prepare` in the installation, as the database's owner."""
    environment = stack.environment("owner") | {"WPIS_SURFACE": surface}
    command = [sys.executable, "-m", "bench.prepare", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def ask(stack: Stack, sql: str) -> list[tuple[Any, ...]]:
    """Query the database as its owner."""
    with psycopg2.connect(stack.database_url()) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def timed(call: Callable[[], Any]) -> float:
    """Milliseconds that a call takes."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def submitting(stack: Stack) -> list[Figure]:
    """A submission through the interface, turn by turn with a bare Django insert-and-commit on the same database."""
    environment = stack.environment("owner")
    subprocess.run([sys.executable, "-m", "bench.baseline"], cwd=ROOT, env=environment, check=True)
    (port,) = free_ports([None])
    bare = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1",
         "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "bench.baseline:application"],
        cwd=ROOT, env=environment,
    )  # fmt: skip
    prepared = inside(stack, "drafts", str(DRAFTS))
    try:
        ours = http.client.HTTPConnection("127.0.0.1", stack.ports["portal"], timeout=30)
        theirs = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        wait_for(lambda: call(theirs, "GET", "/", {}) == 200)
        mine, bases = [], []
        for key in prepared["ids"]:
            headers = {
                "Authorization": f"Bearer {prepared['token']}",
                "Idempotency-Key": str(uuid.uuid4()),
                "Content-Type": "application/json",
                "Host": "localhost",
            }
            path = f"/api/v1/applications/{key}/submit"
            mine.append(timed(partial(expect, ours, "POST", path, headers, b'{"declared": true}')))
            bases.append(timed(lambda: expect(theirs, "GET", "/", {})))
    finally:
        bare.terminate()
        bare.wait()
    against = "bare Django ORM insert and commit, same server, same database"
    return [
        Figure(
            "submit, p50", median(mine), "ms", median(bases), against, "<= 5x", f"n={len(mine)}, one client"
        ),
        Figure("submit, p95", percentile(mine, 0.95), "ms", percentile(bases, 0.95), against),
    ]


def screening(stack: Stack) -> list[Figure]:
    """Everything that waits is screened by one worker; beside it, as many empty tasks by a worker of the same size."""
    waiting = ask(stack, "SELECT count(*) FROM permits_feeditem WHERE done_at IS NULL")[0][0]
    stack.start("worker-restricted")
    wait_for(lambda: bool(redis_of(stack).client_list()))
    time.sleep(6)  # the worker loads its apps; the work itself is timed from the first effect to the last
    stack.start("ringer")
    wait_for(lambda: ask(stack, "SELECT count(*) FROM permits_feeditem WHERE done_at IS NOT NULL")[0][0] > 0)
    first = ask(stack, "SELECT count(*) FROM permits_feeditem WHERE done_at IS NULL")[0][0]
    start = time.perf_counter()
    wait_for(
        lambda: ask(stack, "SELECT count(*) FROM permits_feeditem WHERE done_at IS NULL")[0][0] == 0, 900
    )
    each = (time.perf_counter() - start) * 1000 / max(first, 1)
    return [
        Figure(
            "screening a backlog, each", each, "ms", empty_task(stack), "an empty Celery task, prefork of 2", "<= 1x",
            f"n={first} of {waiting}",
        )
    ]  # fmt: skip


def empty_task(stack: Stack) -> float:
    """Milliseconds per empty task, from a full queue to an empty one."""
    from bench.empty import app, empty

    environment = stack.environment("owner")
    app.conf["broker_url"] = environment["REDIS_URL"]
    with app.connection_for_write() as connection:
        for _ in range(TASKS):
            empty.apply_async(connection=connection, retry=False)  # type: ignore[call-arg]  # not in the stubs
    broker = redis_of(stack)
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "bench.empty", "worker", "-Q", "empty", "-c", "2", "-l", "ERROR",
         "--without-gossip", "--without-mingle"],
        cwd=ROOT, env=environment,
    )  # fmt: skip
    try:
        wait_for(lambda: broker.llen("empty") < TASKS)
        left, start = broker.llen("empty"), time.perf_counter()
        wait_for(lambda: broker.llen("empty") == 0)
        return (time.perf_counter() - start) * 1000 / max(left, 1)
    finally:
        worker.terminate()
        worker.wait()


def idle(stack: Stack) -> list[Figure]:
    """From the moment of submission to its completed check, on a quiet machine, one at a time."""
    prepared = inside(stack, "drafts", "40")
    ours = http.client.HTTPConnection("127.0.0.1", stack.ports["portal"], timeout=30)
    for key in prepared["ids"]:
        headers = {
            "Authorization": f"Bearer {prepared['token']}",
            "Idempotency-Key": str(uuid.uuid4()),
            "Content-Type": "application/json",
            "Host": "localhost",
        }
        expect(ours, "POST", f"/api/v1/applications/{key}/submit", headers, b'{"declared": true}')
        time.sleep(0.4)
    wait_for(lambda: ask(stack, "SELECT count(*) FROM permits_feeditem WHERE done_at IS NULL")[0][0] == 0)
    keys = ",".join(f"'{key}'" for key in prepared["ids"])
    waits = [
        row[0] * 1000
        for row in ask(
            stack,
            f"""SELECT extract(epoch FROM c.completed_at - c.requested_at)::float FROM permits_check c
                JOIN permits_submission s ON s.id = c.submission_id
                WHERE c.kind = 'automatic' AND s.application_id IN ({keys})""",
        )
    ]
    return [
        Figure("idle submit to screened, p50", median(waits), "ms", note=f"n={len(waits)}"),
        Figure("idle submit to screened, p95", percentile(waits, 0.95), "ms"),
    ]


def queue_page(stack: Stack) -> tuple[float, int, int]:
    """The officer's first queue page: median milliseconds over HTTP, number of queries, number of applications."""
    cookie = inside(stack, "session", surface="office")["cookie"]
    count = inside(stack, "queries", cookie, surface="office")
    assert count["status"] == 200, count
    office = http.client.HTTPConnection("127.0.0.1", stack.ports["office"], timeout=60)
    headers = {"Cookie": cookie, "Host": "localhost"}
    for _ in range(5):
        expect(office, "GET", "/", headers)
    times = [timed(lambda: expect(office, "GET", "/", headers)) for _ in range(60)]
    return median(times), count["queries"], ask(stack, "SELECT count(*) FROM permits_application")[0][0]


def queue(small: tuple[float, int, int], large: tuple[float, int, int]) -> list[Figure]:
    """The page at both sizes; the small one is the baseline of the large one."""
    return [
        Figure(
            f"queue page at {large[2]:,}", large[0], "ms", small[0], f"the same page at {small[2]:,}", "<= 1.25x",
            f"{small[1]} and {large[1]} queries",
        )
    ]  # fmt: skip


def call(
    connection: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str], body: bytes = b""
) -> int:
    """One request over a kept connection; the status."""
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (ConnectionError, http.client.HTTPException):
        connection.close()
        return 0


def expect(
    connection: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str], body: bytes = b""
) -> None:
    """The same, and it must have worked: a refused request would be a fast one."""
    status = call(connection, method, path, headers, body)
    assert status in (200, 201), (method, path, status)


def wait_for(condition: Callable[[], bool], seconds: float = 120) -> None:
    """Look every 20 ms until it holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.02)


def redis_of(stack: Stack) -> "redis.Redis":
    """The stack's broker."""
    url = stack.environment("owner")["REDIS_URL"].replace("redis+socket://", "unix://")
    return redis.Redis.from_url(url)


def pause(stack: Stack) -> None:
    """No worker and no ringer: what is filed waits."""
    for name in ("ringer", "worker-restricted"):
        if name in stack.running:
            stack.stop(name)


def cores() -> int:
    """How many cores this machine lends us."""
    return len(os.sched_getaffinity(0))
