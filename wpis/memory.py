"""How a worker's process treats memory: what start-up built is permanent and need not be searched for garbage."""

import gc


def settle() -> None:
    """Take everything that start-up built out of the collector's sight. Call it once, when the process is ready.

    A large batch makes enough objects to bring on a full collection, and that one searched the whole of
    Django for the tenth of a batch's time and more. A web request brings on none.
    """
    gc.collect()
    gc.freeze()
