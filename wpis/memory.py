"""How a long-running process treats memory: what start-up built is permanent, and requests make little garbage."""

import gc

PAUSE = 20_000
"""New objects between two looks for garbage: one request makes about 25,000, most of them freed at once by count."""


def settle() -> None:
    """Take everything that start-up built out of the collector's sight, and let it look less often.

    A fifth of the processor time of a submission went into searching half a million permanent objects again and
    again. Call it once, when a process is ready to serve. Worker pools share frozen pages with their parent.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(PAUSE, 20, 20)
