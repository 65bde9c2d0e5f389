"""Works a batch as one, and one by one when that fails, so that one bad submission holds up nobody else."""

from collections.abc import Callable
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError, connection, transaction

from wpis.database.locks import is_lock_trouble

Work = Callable[[list[UUID]], None]
Failed = Callable[[UUID, Exception], None]


def isolate(keys: list[UUID], work: Work, failed: Failed) -> None:
    """Do `work` on all of them together, else on each alone; `failed` hears of each that fails alone.

    An error that says nothing about the submissions is raised: the worker must stop, the connection is gone, somebody
    else holds a lock. Then the whole batch is left as it was and claimed again.
    """
    try:
        with transaction.atomic():
            work(keys)
        return
    except (SoftTimeLimitExceeded, InterfaceError):
        raise
    except OperationalError as error:
        if is_lock_trouble(error) or connection.connection is None or connection.connection.closed:
            raise
        reason: Exception = error
    except Exception as error:
        reason = error
    if len(keys) == 1:
        failed(keys[0], reason)
        return
    for key in keys:
        isolate([key], work, failed)
