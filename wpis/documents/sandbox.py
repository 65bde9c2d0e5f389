"""Parses untrusted files in a separate process with limited memory, limited time and no secrets."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from .verdicts import Refusal

SCRIPT = Path(__file__).with_name("parser") / "__main__.py"
SECONDS = 30  # by the clock; a file that keeps the processor busy is stopped earlier, by `parser`


class Unreadable(Exception):
    """The file was refused, or crashed its parser; `reason` says what the sender is told."""

    def __init__(self, reason: Refusal) -> None:
        self.reason = reason
        super().__init__(reason.value)


def run(task: str, data: bytes, *arguments: int) -> tuple[dict[str, Any], bytes]:
    """The answer of one task of `parser`: its findings, and the picture it made.

    Raises Unreadable for anything the file causes: a refusal, or that it could not be checked because it crashed its
    parser, or needs too much memory or processor time.
    Raises OSError when the process cannot be started or this machine is too busy to let it finish, which
    says nothing about the file: try again.
    """
    command = [sys.executable, "-I", "-B", str(SCRIPT), task, *map(str, arguments)]
    try:
        done = subprocess.run(  # noqa: S603  our own script, its arguments are numbers
            command,
            input=data,
            capture_output=True,
            timeout=SECONDS,
            cwd="/",
            env={"LC_ALL": "C.UTF-8"},
            start_new_session=True,
            close_fds=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError(f"no verdict on a file within {SECONDS} s") from None
    line, newline, picture = done.stdout.partition(b"\n")
    if done.returncode < 0:  # killed over it: too much time or memory, or its parser broke down
        raise Unreadable(Refusal.UNCHECKED)
    if done.returncode or not newline:
        raise Unreadable(Refusal.DAMAGED)
    answer: dict[str, Any] = json.loads(line)
    if refused := answer.get("refused"):
        raise Unreadable(Refusal(refused))
    return answer, picture
