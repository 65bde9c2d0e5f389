"""Locks of the database: how long a block waits for one, and whether an error means that it was not given."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection
from psycopg2 import errors

_READ_AND_SET = "SELECT current_setting('lock_timeout'), set_config('lock_timeout', %s, true)"
_SET = "SELECT set_config('lock_timeout', %s, true)"

_TROUBLE = (errors.LockNotAvailable, errors.DeadlockDetected)


@contextmanager
def lock_timeout(milliseconds: int) -> Iterator[None]:
    """Wait for a lock no longer than this in the block. Use inside `atomic`: an error restores it by rolling back."""
    with connection.cursor() as cursor:
        cursor.execute(_READ_AND_SET, [f"{milliseconds}ms"])
        before, _ = cursor.fetchone()
    yield
    with connection.cursor() as cursor:
        cursor.execute(_SET, [before])


def end_table_locks() -> list[tuple[str, str, str]]:
    """End the sessions of portal and office that lock a whole table: role, table and mode of each (ADR 29).

    Only protection's role may. Raises ProgrammingError where the owner of the database may not end sessions.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT who, locked, how FROM wpis_end_table_locks()")
        return list(cursor.fetchall())


def is_lock_trouble(error: Error) -> bool:
    """Whether somebody else held a lock: nothing is wrong with what was to be done, and it can be done again."""
    return isinstance(error.__cause__, _TROUBLE)
