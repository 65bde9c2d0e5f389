"""Fail closed: with the worker killed after the submission no officer can propose approval; later they can."""

import subprocess
import sys
import time

import pytest

from wpis.development.embedded.local import ROOT
from wpis.development.embedded.stack import Stack

pytestmark = pytest.mark.faults


def step(stack: Stack, *arguments: str) -> str:
    command = [sys.executable, "-m", "tests.faults.officer", *arguments]
    environment = stack.environment("owner")
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_approval_waits_for_the_automatic_checks() -> None:
    with Stack(webs=(), workers=("restricted",), ringer=True) as stack:
        stack.kill("worker-restricted")
        key = step(stack, "file")
        time.sleep(3)
        assert step(stack, "propose", key).startswith("refused:")
        stack.start("worker-restricted")
        deadline = time.monotonic() + 60
        while (answer := step(stack, "propose", key)) != "proposed":
            assert time.monotonic() < deadline, answer
            time.sleep(1)
