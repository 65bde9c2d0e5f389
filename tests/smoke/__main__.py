"""`make smoke`: start the whole product on free ports, walk the main job as its people, stop."""

import sys
import time

from tests.smoke.story import MainJob
from tests.smoke.visitor import Stuck
from wpis.development.embedded.errors import CannotStart
from wpis.development.embedded.stack import Stack


def main() -> int:
    """0 when every step worked, 1 at the first that did not, with the reason."""
    began = time.monotonic()
    try:
        with Stack(say=lambda sentence: _say(f"  {sentence}")) as stack:
            _say(f"  The stack is up after {time.monotonic() - began:.1f} s\n")
            return _walk(MainJob(stack), began)
    except CannotStart as problem:
        return _fail(f"The stack did not start. {problem}")
    except KeyboardInterrupt:
        return _fail("Stopped.")


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
