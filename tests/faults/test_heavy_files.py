"""Four heavy PDFs of one employer keep neither the letter nor the file of another one waiting."""

import subprocess
import sys
import time
from typing import Any

import psycopg2
import pytest

from tests.faults.senders import HEAVY_FILES
from wpis.development.embedded.local import ROOT
from wpis.development.embedded.stack import Stack

pytestmark = pytest.mark.faults

CATCH_UP = 180.0


def step(stack: Stack, name: str) -> str:
    command = [sys.executable, "-m", "tests.faults.senders", name]
    environment = stack.environment("portal")
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def rows(stack: Stack, sql: str, *values: str) -> list[Any]:
    with psycopg2.connect(stack.database_url()) as connection, connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [value for (value,) in cursor.fetchall()]


def states(stack: Stack, owner: str) -> list[str]:
    return rows(stack, "SELECT state FROM documents_upload WHERE owner = %s", owner)


def test_heavy_files_hold_up_nobody_but_their_sender() -> None:
    with Stack(webs=("portal",), workers=("open", "files"), ringer=True) as stack:
        heavy = step(stack, "heavy")
        deadline = time.monotonic() + 60
        while not rows(stack, "SELECT 1 FROM documents_filecheck WHERE held_until IS NOT NULL"):
            assert time.monotonic() < deadline, "no worker looks into the heavy files"
            time.sleep(0.05)
        begun = time.monotonic()
        (heavy_account,) = set(rows(stack, "SELECT account::text FROM documents_filecheck"))
        light, began = step(stack, "light"), time.monotonic()

        letter = file = 0.0
        deadline = began + CATCH_UP
        while not (letter and file):
            assert time.monotonic() < deadline, (
                stack.last_lines("worker-files"),
                stack.last_lines("worker-open"),
            )
            if not letter and rows(
                stack, "SELECT 1 FROM wpis_errand WHERE kind = 'notice' AND done_at IS NOT NULL"
            ):
                letter = time.monotonic() - began
            if not file and states(stack, light) == ["clean"]:
                file = time.monotonic() - began
            time.sleep(0.05)
        left = states(stack, heavy).count("quarantined")
        print(f"\nletter after {letter:.1f} s, light file after {file:.1f} s, heavy files left: {left}")
        assert left >= HEAVY_FILES - 2, (
            "the light file waited for more than the heavy one that was begun before it"
        )

        holders = rows(
            stack, "SELECT DISTINCT surface FROM audit_auditevent WHERE action = 'documents.upload.check'"
        )
        assert holders == ["files"]
        # The proof that there was something to wait for: the heavy file that came first took longer than both together.
        ended = (
            "SELECT 1 FROM documents_filecheck WHERE account = %s AND (done_at IS NOT NULL OR attempts > 0)"
        )
        while not rows(stack, ended, heavy_account):
            assert time.monotonic() < deadline, stack.last_lines("worker-files")
            time.sleep(0.05)
        took = time.monotonic() - begun
        print(f"the heavy file took {took:.1f} s")
        assert took > 2
        assert stack.ended() == {}
