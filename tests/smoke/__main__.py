"""`make smoke`: start the whole product on free ports, walk the main job as its people, stop.

`make smoke COPY=...` walks it on a restored copy, beside everything that is there: the address of a server made with
deploy/backup/restore.sh, as the owner, with the keys in the environment; or a directory with `postgres` and
`secrets.json` in it. Letters stay in a directory. Its people, company and file stay on the copy: throw it away.
"""

import json
import os
import sys
import time
import uuid
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.smoke.story import MainJob
from tests.smoke.visitor import Stuck
from wpis.development.embedded.errors import CannotStart
from wpis.development.embedded.secrets import KEYS
from wpis.development.embedded.stack import Stack


def main() -> int:
    """0 when every step worked, 1 at the first that did not, with the reason."""
    began = time.monotonic()
    copy = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        with ExitStack() as closing, closing.enter_context(_stack(copy, closing)) as stack:
            _say(f"  The stack is up after {time.monotonic() - began:.1f} s\n")
            return _walk(MainJob(stack, uuid.uuid4().hex[:6] if copy else ""), began)
    except CannotStart as problem:
        return _fail(f"The stack did not start. {problem}")
    except KeyboardInterrupt:
        return _fail("Stopped.")


def _stack(copy: str, closing: ExitStack) -> Stack:
    """A throw-away stack, or one on a restored copy; raises CannotStart when nothing is there."""

    def say(sentence: str) -> None:
        _say(f"  {sentence}")

    if not copy:
        return Stack(say=say)
    if copy.startswith(("postgresql://", "postgres://")):
        if not os.environ.get("WPIS_FIELD_KEYS"):
            raise CannotStart(
                "Set the keys of the service in the environment: without them a copy is unreadable."
            )
        state = Path(closing.enter_context(TemporaryDirectory(prefix="wpis-smoke-")))
        state.chmod(0o711)
        held = {name: os.environ[name] for name in {*KEYS, "WPIS_SECRET_KEY"} & os.environ.keys()}
        with os.fdopen(os.open(state / "secrets.json", os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            json.dump(held, file)
        return Stack(state, database_url=copy, say=say)
    if not (Path(copy) / "secrets.json").exists():
        raise CannotStart(f"There is no {copy}/secrets.json: without the keys a copy is unreadable.")
    return Stack(Path(copy), say=say)


def _walk(job: MainJob, began: float) -> int:
    for number, (sentence, act) in enumerate(job.steps(), 1):
        started = time.monotonic()
        try:
            act()
        except (Stuck, LookupError, CannotStart) as problem:
            return _fail(f"{number:2}. FAILED: {sentence}.\n    {problem}")
        _say(f"{number:2}. {time.monotonic() - started:6.2f} s  {sentence}")
    _say(f"\nThe main job works from end to end. {time.monotonic() - began:.1f} s in total.")
    return 0


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def _fail(sentence: str) -> int:
    sys.stdout.flush()
    sys.stderr.write(f"{sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
