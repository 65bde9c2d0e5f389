"""Asks in one statement which outbox tables have a job that is due."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection

from wpis import clock
from wpis.database.locks import is_lock_trouble
from wpis.outbox import OutboxRow

PATIENCE_MS = 500
"""How long a table is waited for that another surface has locked."""

_MOMENT = object()
"""Stands in the values of the statement where the moment of asking does."""


class DueQuestion:
    """Built once and asked dozens of times a second: building it costs more than the answer."""

    def __init__(self, tables: Sequence[type[OutboxRow]]) -> None:
        self.tables = tables
        at, parts, self.values = clock.now(), [], list[Any]()
        for table in tables:
            part, values = table.waiting(at).order_by().values("pk").query.sql_with_params()
            assert {value for value in values if isinstance(value, datetime)} == {at}
            self.values += [_MOMENT if value == at else value for value in values]
            parts.append(f"EXISTS ({part})")
        # Both in one round trip and one transaction, which the limit does not outlive.
        self.sql = f"SET LOCAL lock_timeout = '{PATIENCE_MS}ms'; SELECT {', '.join(parts)}"

    def ask(self, at: datetime) -> set[type[OutboxRow]] | None:
        """The tables with something due; None where one of them is locked, and each must be asked by itself."""
        try:
            with connection.cursor() as cursor:
                cursor.execute(self.sql, [at if value is _MOMENT else value for value in self.values])
                answers = cursor.fetchone()
        except OperationalError as error:
            if not is_lock_trouble(error):
                raise
            return None
        return {table for table, due in zip(self.tables, answers, strict=True) if due}
