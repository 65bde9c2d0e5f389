"""`make demo`: the whole stack with a seeded country, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
import time
from types import FrameType

from wpis.development.embedded import local
from wpis.development.embedded.demo.progress_bar import Progress
from wpis.development.embedded.demo.seeding import Seeding
from wpis.development.embedded.demo.stack import demo_stack
from wpis.development.embedded.errors import CannotStart
from wpis.development.embedded.stack import Stack

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
RESTARTS = 3  # a process that ends by itself is started again so many times


def main() -> int:
    """Run the demo; the exit code is 0 after Ctrl-C or SIGTERM, 1 when it could not start."""
    progress = Progress()
    for number in STOP_SIGNALS:
        signal.signal(number, _interrupt)
    try:
        with local.only_one(), demo_stack(say=progress.say, beat=True) as stack:
            local.leave_note(stack.variables())
            try:
                _serve(stack, progress)
            except KeyboardInterrupt:
                progress.finish()
                progress.say("Stopping")
                local.NOTE.unlink(missing_ok=True)  # no command may reach for servers that are going away
                stopping = time.monotonic()
                stack.close()
                progress.say(f"Everything stopped in {time.monotonic() - stopping:.1f} s")
    except KeyboardInterrupt:
        progress.say("Stopped while starting")
    except CannotStart as problem:
        progress.finish()
        print(problem, file=sys.stderr)
        return 1
    return 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    """The first one stops the demo; a second one must not disturb the stopping, which takes at most 5 s."""
    for each in STOP_SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def _serve(stack: Stack, progress: Progress) -> None:
    _print_addresses(stack, progress)
    seeding = Seeding(stack)
    _print_sign_ins(stack, progress)  # before the seeding, so that a person can begin at once
    if seeding.needed:
        seeding.start()
    restarts: dict[str, int] = {}
    while True:
        for line in seeding.lines():
            progress.follow("Seeding a country", line)
        for name, code in stack.ended().items():
            if name == "seed":
                _seeded(stack, seeding, progress)
            else:
                _restart(stack, name, code, restarts, progress)
        time.sleep(0.25)


def _seeded(stack: Stack, seeding: Seeding, progress: Progress) -> None:
    code = seeding.exit_code()
    progress.finish()
    if code:
        progress.say(f"Seeding failed (exit code {code}); the pages work, but are empty:")
        progress.print(stack.last_lines("seed"))
    else:
        progress.say("The country is seeded")


def _restart(stack: Stack, name: str, code: int, restarts: dict[str, int], progress: Progress) -> None:
    restarts[name] = restarts.get(name, 0) + 1
    progress.say(f"{name} ended by itself (exit code {code}); see {stack.log(name)}")
    if restarts[name] <= RESTARTS:
        stack.start(name, wait=False)
        progress.say(f"{name} started again")


def _print_addresses(stack: Stack, progress: Progress) -> None:
    progress.print("")
    for surface, whom in (
        ("portal", "employers, workers, permit check"),
        ("office", "migration officers"),
        ("protection", "protection desk"),
    ):
        progress.print(f"  {stack.url(surface, '/'):28} {whom}")
    progress.print(f"\n  Logs in {os.path.relpath(stack.state / 'log')}; Ctrl-C stops everything.\n")


def _print_sign_ins(stack: Stack, progress: Progress) -> None:
    try:
        progress.print(stack.manage("demo_accounts").rstrip())
    except CannotStart as problem:
        progress.say(f"There are no sign-ins: {problem}")
        return
    progress.print("\n  One-time code of an account:  make code USER=<e-mail>")
    progress.print("  The newest e-mail it sent:    make mail\n")


if __name__ == "__main__":
    sys.exit(main())
