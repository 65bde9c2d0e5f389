"""A tiny process that outlives a killed supervisor just long enough to end everything it had started.

The kernel's parent-death signal reaches children, not their own children (granian's and Celery's workers).
This process holds the end of a pipe; when the supervisor is gone, however it went, it signals whole groups.
Run as a script, so only the standard library: `python -I watchdog.py`.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time

POLITE_SECONDS = 1.5  # "nothing is left 3 s after kill -9" is the promise; a kill follows after this


class Watchdog:
    """The supervisor's side: which processes are to end, and by which signal."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-I", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )

    def add(self, leader: int, polite: int = signal.SIGTERM) -> None:
        """From now on this process and its group end with us."""
        self._tell(f"+ {leader} {int(polite)}\n")

    def forget(self, leader: int) -> None:
        """Remove a process that ended: its number may be reused by an unrelated one."""
        self._tell(f"- {leader} 0\n")

    def close(self) -> None:
        """End whoever is still on the list, then the watchdog itself."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.wait(10)

    def _tell(self, line: str) -> None:
        if self.process.stdin is not None:
            self.process.stdin.write(line.encode())
            self.process.stdin.flush()


def watch() -> None:
    """Read the list until the pipe closes, then end the groups: by their own signal, and shortly after by SIGKILL."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: dict[int, int] = {}
    for line in sys.stdin:
        action, leader, polite = line.split()
        if action == "+":
            groups[int(leader)] = int(polite)
        else:
            groups.pop(int(leader), None)
    deadline = time.monotonic() + POLITE_SECONDS
    left = {leader for leader, polite in groups.items() if _signal(leader, polite)}
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = {leader for leader in left if _signal(leader, 0)}
    for leader in left:
        _signal(leader, signal.SIGKILL)


def _signal(leader: int, number: int) -> bool:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, number)
        return True
    return False


if __name__ == "__main__":
    watch()
