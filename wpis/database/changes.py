"""One change of what the database lets a role do: what is not as declared, and the statement that mends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """`sentence` tells the operator what is not as it is declared."""

    sentence: str
    statement: str
    parameters: Sequence[Any] = ()

    def make(self, cursor: Any) -> None:
        """Run the statement."""
        cursor.execute(self.statement, self.parameters or None)


ONE_AT_A_TIME = "LOCK TABLE django_migrations IN SHARE ROW EXCLUSIVE MODE"
"""Before a change. An advisory lock, or a weaker one of this table, any surface could hold."""
