"""The states of a record as plain data, below the models: initial state, edges, triggers, and the history table."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import pgtrigger
from django.db import models


@dataclass(frozen=True, slots=True)
class Edge:
    """One step: the states from which it can be taken, and the state it leads to; without `target` the state stays."""

    sources: frozenset[str]
    target: str | None


def edge(*sources: str, to: str | None) -> Edge:
    """An edge from each of `sources` to one state, or for None to itself; enum members become their plain values."""
    return Edge(frozenset(str(source) for source in sources), None if to is None else str(to))


@dataclass(frozen=True, slots=True, kw_only=True)
class StateMachine:
    """The edges of one model's state column. Who may take a step, and why, is bound above the models (`Workflow`)."""

    initial: str
    edges: Mapping[str, Edge]
    field: str = "state"

    def triggers(self) -> list[pgtrigger.Trigger]:
        """The same edges for the database: illegal steps and illegal first states fail there too."""
        moves = [(source, edge.target) for edge in self.edges.values() for source in edge.sources]
        steps = sorted({(source, target) for source, target in moves if target and source != target})
        return [
            pgtrigger.FSM(name="legal_steps", field=self.field, transitions=steps),
            pgtrigger.Protect(
                name="first_state",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(**{f"new__{self.field}__df": self.initial}),
            ),
        ]


class StateChange(models.Model):
    """History of one object's states; append-only. Concrete tables add `subject`, a key to their model."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    step = models.CharField(max_length=40)
    source = models.CharField(max_length=30)
    target = models.CharField(max_length=30)
    by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "id"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
