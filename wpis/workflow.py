"""A state machine is a table of transitions; `Workflow.perform` is the only door through which a state changes."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import pgtrigger
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from wpis.accounts.powers import Power
from wpis.audit import trail
from wpis.errors import Refused

Subject = TypeVar("Subject", bound=models.Model)
Guard = Callable[[Any, Any], list[str]]
"""(object, actor) -> reasons why the step may not happen now; an empty list lets it pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row of the table: from which states, to which, by whom, under which provision."""

    sources: frozenset[str]
    target: str
    power: Power | None  # None: the system itself, never a person
    law: str
    guard: Guard | None = None
    notice: str | None = None  # the letter this step sends


@dataclass(frozen=True, kw_only=True)
class Workflow:
    """The transitions of one model's `state`, its history table, and who is told of a step."""

    name: str
    model: str
    history: str
    initial: str
    transitions: Mapping[str, Transition]
    notify: Callable[[Any, str, datetime], None] | None = None
    field: str = field(default="state")

    def triggers(self) -> list[pgtrigger.Trigger]:
        """The same table for the database: illegal steps and illegal first states fail there too."""
        steps = sorted({(s, t.target) for t in self.transitions.values() for s in t.sources if s != t.target})
        return [
            pgtrigger.FSM(name="legal_steps", field=self.field, transitions=steps),
            pgtrigger.Protect(
                name="first_state",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(**{f"new__{self.field}__df": self.initial}),
            ),
        ]

    def steps(self, obj: Any, by: Any) -> list[str]:
        """The steps that `by` may take now, in the order of the table; for the buttons of a page."""
        return [step for step in self.transitions if not self.refusals(obj, step, by)]

    def refusals(self, obj: Any, step: str, by: Any) -> list[str]:
        """Why `by` may not take `step` now, as sentences; empty when it may."""
        transition = self.transitions[step]
        if transition.power is None:
            if by is not None:
                return [_("Only the system takes this step.")]
        elif not transition.power.held_by(by):
            return [_("You may not do this.")]
        if getattr(obj, self.field) not in transition.sources:
            return [_("This was changed meanwhile, so the step no longer fits. Look at the current state.")]
        return transition.guard(obj, by) if transition.guard else []

    def perform(
        self, obj: Subject, step: str, *, by: Any, at: datetime, reason: str = "", **changes: Any
    ) -> Subject:
        """Take `step` on `obj`: check power, state and guard, then write state, history, audit and notice together.

        `changes` are other columns that the step sets. The row is locked and read again first, so of two
        people who press at once one is refused. Raises PermissionDenied without the power, Refused when state
        or guard do not allow the step. Returns the fresh object.
        """
        with transaction.atomic():
            rows = apps.get_model(self.model)._base_manager.select_for_update(no_key=True)
            current: Subject = rows.get(pk=obj.pk)
            return self.perform_locked(current, step, by=by, at=at, reason=reason, **changes)

    def perform_locked(
        self, current: Subject, step: str, *, by: Any, at: datetime, reason: str = "", **changes: Any
    ) -> Subject:
        """The same for an object that this transaction has locked and read: asks the database nothing twice.

        Returns `current`, changed. What it raises leaves it and the database as they were.
        """
        assert transaction.get_connection().in_atomic_block
        transition = self.transitions[step]
        if transition.power is not None and not transition.power.held_by(by):
            raise PermissionDenied(transition.power.name)
        if reasons := self.refusals(current, step, by):
            raise Refused(reasons)
        source = getattr(current, self.field)
        for column, value in {self.field: transition.target, **changes}.items():
            setattr(current, column, value)
        current.save(update_fields=[self.field, *changes])
        apps.get_model(self.history)._base_manager.create(
            subject_id=current.pk,
            step=step,
            source=source,
            target=transition.target,
            by_id=getattr(by, "pk", None),
            at=at,
            reason=reason,
        )
        trail.record(f"{self.name}.{step}", by=by, subject=current, source=source, target=transition.target)
        if transition.notice and self.notify:
            self.notify(current, transition.notice, at)
        return current


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
