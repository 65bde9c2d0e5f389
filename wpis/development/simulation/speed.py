"""Spares what a day of many real actions would repeat: nested savepoints, and questions about the same grant."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.db import connection, transaction

from wpis.accounts.models import User


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """One savepoint around several actions instead of one around each: they succeed together or not at all.

    Not for code that catches a database error and goes on; it needs the savepoint that is spared here.
    """
    with transaction.atomic():
        connection.features.uses_savepoints = False
        try:
            yield
        finally:
            connection.features.uses_savepoints = True


def remember_grants(user: User) -> User:
    """Let this account object look each of its grants up once. Only for accounts whose grants do not change."""
    if "has_perm" not in user.__dict__:
        user.__dict__["has_perm"] = cache(user.has_perm)
    return user
