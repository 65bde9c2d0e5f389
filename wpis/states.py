"""The states of a record as plain data, below the models: initial state, edges, triggers, and the history table."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pgtrigger
from django.db import models
from django.utils.translation import gettext

from wpis.crypto.fields import EncryptedTextField
from wpis.database_roles import acts_here, demand, for_roles, happens_now
from wpis.errors import UnreadableRecord


@dataclass(frozen=True, slots=True)
class Edge:
    """One step: the states from which it can be taken, and the state it leads to; without `target` the state stays.

    With a `surface` only that surface's database role takes the step, and sets nothing but the columns of `sets`.
    """

    sources: frozenset[str]
    target: str | None
    surface: str | None = None
    sets: frozenset[str] = frozenset()


def edge(*sources: str, to: str | None, surface: str | None = None, sets: Collection[str] = ()) -> Edge:
    """An edge from each of `sources` to one state, or for None to itself; enum members become their plain values."""
    return Edge(
        frozenset(str(source) for source in sources),
        None if to is None else str(to),
        None if surface is None else str(surface),
        frozenset(sets),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StateMachine:
    """The edges of one model's state column. Who may take a step, and why, is bound above the models (`Workflow`).

    What a step sets is empty in a new row, except the columns of `given`: those are there from the beginning.
    """

    initial: str
    edges: Mapping[str, Edge]
    given: Collection[str] = ()
    field: str = "state"

    def moves(self) -> list[tuple[str, str, str, Edge]]:
        """Every step from every state: its name, source and target, and its edge."""
        return [
            (step, source, source if edge.target is None else edge.target, edge)
            for step, edge in self.edges.items()
            for source in sorted(edge.sources)
        ]

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
            *self._by_role(),
        ]

    def _by_role(self) -> list[pgtrigger.Trigger]:
        """Each role takes the steps of its own surface and sets what those set; nothing is set in a new row."""
        allowed: dict[tuple[str, str, str], set[str]] = {}
        for _step, source, target, edge in self.moves():
            if edge.surface is None:
                return []
            allowed.setdefault((edge.surface, source, target), set()).update(edge.sets)
        cases = "\n".join(
            f"WHEN current_user = 'wpis_{surface}' AND OLD.{self.field} = '{source}'"
            f" AND NEW.{self.field} = '{target}' THEN allowed := '{{{', '.join(sorted(columns))}}}';"
            for (surface, source, target), columns in sorted(allowed.items())
        )
        every = sorted(set().union(*allowed.values()) - set(self.given))
        return [
            for_roles(
                "steps_by_role",
                pgtrigger.Update,
                f"CASE {cases}",
                "ELSE RAISE EXCEPTION 'this role does not take the step from % to %',"
                f" OLD.{self.field}, NEW.{self.field};",
                "END CASE;",
                f"""SELECT string_agg(now.key, ', ' ORDER BY now.key) INTO also
                      FROM jsonb_each(to_jsonb(NEW)) AS now JOIN jsonb_each(to_jsonb(OLD)) AS was USING (key)
                     WHERE now.value IS DISTINCT FROM was.value
                       AND now.key <> '{self.field}' AND now.key <> ALL (allowed);""",
                "IF also IS NOT NULL THEN RAISE EXCEPTION 'this step does not set %', also; END IF;",
                declare=[("allowed", "text[]"), ("also", "text")],
            ),
            for_roles(
                "begins_empty",
                pgtrigger.Insert,
                *(
                    demand(f"COALESCE(NEW.{column}::text, '') = ''", f"{column} is set by a step")
                    for column in every
                ),
            ),
        ]

    def history_triggers(self, table: str) -> list[pgtrigger.Trigger]:
        """For the history of `table`: a role writes its own steps only, and what it writes has just been done."""
        steps = ", ".join(
            f"('wpis_{edge.surface}', '{step}', '{source}', '{target}')"
            for step, source, target, edge in self.moves()
            if edge.surface
        )
        return [
            for_roles(
                "own_steps",
                pgtrigger.Insert,
                demand(
                    f"(current_user, NEW.step, NEW.source, NEW.target) IN ({steps})",
                    "this role does not take this step",
                ),
                demand(
                    f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.subject_id AND {self.field} = NEW.target)",
                    "this step has not been taken",
                ),
                demand("NEW.by_id IS NOT NULL", "a person takes this step"),
            )
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
    reason = EncryptedTextField(blank_is_null=True)
    keyed_digest = models.CharField(
        max_length=140, blank=True, default="", help_text="see `wpis.audit.digests`"
    )

    digested = ("id", "subject_id", "step", "source", "target", "by_id", "at", "reason")

    class Meta:
        abstract = True
        ordering = ["at", "id"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            happens_now("at"),
            for_roles(
                "by_an_own_account",
                pgtrigger.Insert,
                demand("NEW.keyed_digest <> ''", "a step bears the digest of the process that takes it"),
                demand(
                    acts_here("by_id"), "this account is not of this surface", when="NEW.by_id IS NOT NULL"
                ),
            ),
        ]

    @property
    def why(self) -> str:
        """The reason, for a page that shows the whole history: one that does not open takes no page down."""
        try:
            return str(self.reason)
        except UnreadableRecord:
            return gettext("The reason cannot be read.")
