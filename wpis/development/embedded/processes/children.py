"""Starting and stopping child processes so that none of them can outlive the one who started it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from wpis.development.embedded.account import Account

PR_SET_PDEATHSIG = 1
OURSELVES = Account()
_libc = ctypes.CDLL(None, use_errno=True)


def _die_with(parent: int, with_signal: signal.Signals) -> Callable[[], None]:
    """For preexec_fn: the signal comes when the starting *thread* ends, so start from the main one."""

    def ask_the_kernel() -> None:
        if sys.platform == "linux":
            _libc.prctl(PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0)
        if os.getppid() != parent:  # it died between fork and prctl
            os._exit(1)

    return ask_the_kernel


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    environment: Mapping[str, str] | None = None,
    directory: Path = Path("/"),
    account: Account = OURSELVES,
    death_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a child in its own session (Ctrl-C reaches only the supervisor), output appended to `log`."""
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=directory,
            env=None if environment is None else dict(environment),
            start_new_session=True,
            preexec_fn=_die_with(os.getpid(), death_signal),
            **account.spawn_options,
        )


def signal_group(leader: int, number: signal.Signals) -> bool:
    """Signal a child and all of its own children; False when nobody is left in the group."""
    try:
        os.killpg(leader, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def wait_for(children: Sequence[subprocess.Popen[bytes]], *, seconds: float) -> bool:
    """Whether all children ended within the time."""
    deadline = time.monotonic() + seconds
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, deadline - time.monotonic()))
    return all(child.poll() is not None for child in children)


def stop_all(children: Sequence[subprocess.Popen[bytes]], *, patience: float) -> None:
    """Ask all at once, wait `patience` seconds in total, then kill what is left with all of its children."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    wait_for(children, seconds=patience)
    for child in children:
        signal_group(child.pid, signal.SIGKILL)
        child.wait()


def state_of(pid: int) -> str | None:
    """The kernel's letter for a process (R, S, Z, ...), None when there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return _state_without_proc(pid)


def _state_without_proc(pid: int) -> str | None:
    if Path("/proc/self/stat").exists():
        return None
    answer = subprocess.run(["ps", "-o", "state=", "-p", str(pid)], capture_output=True, text=True)
    return answer.stdout.strip()[:1] or None


def children_of(pid: int) -> list[int]:
    """The process numbers of the direct children (Linux)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(entry.read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found.append(int(entry.parent.name))
    return sorted(found)
