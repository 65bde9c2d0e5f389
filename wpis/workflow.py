"""A workflow binds power, guard, law and notice to each edge of a state machine; `perform` alone changes a state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wpis import clock
from wpis.accounts.powers import Power
from wpis.audit import trail
from wpis.audit.digests import signed
from wpis.errors import Refused, changed_meanwhile
from wpis.search.field import with_derived
from wpis.states import StateChange, StateMachine

Subject = TypeVar("Subject", bound=models.Model)
Guard = Callable[[Any, Any], list[str]]
"""(object, actor) -> reasons why the step may not happen now; an empty list lets it pass."""
Condition = Callable[[Any, date], list[str]]
"""(object, day of the step) -> the same, for what depends on the day and not on who takes the step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What is bound to one edge: who may take the step, under which provision, on which conditions, who is told."""

    power: Power | None  # None: the system itself, never a person
    law: str
    guard: Guard | None = None
    condition: Condition | None = None
    notice: str | None = None  # the letter this step sends


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition(Binding):
    """An edge together with its binding."""

    sources: frozenset[str]
    target: str | None  # None: the state stays


@dataclass(frozen=True, kw_only=True)
class Workflow(Generic[Subject]):
    """The bound edges of one model, its history table, and who is told of a step.

    Raises ImproperlyConfigured when a step has no binding, or a binding no step: at import, not at the first use.
    """

    name: str
    states: StateMachine
    model: type[Subject]
    history: type[StateChange]
    bindings: Mapping[str, Binding]
    notify: Callable[..., None] | None = None  # (object, notice, *, at)

    def __post_init__(self) -> None:
        edges, bound = self.states.edges.keys(), self.bindings.keys()
        if unbound := sorted(edges - bound):
            raise ImproperlyConfigured(f"{self.name}: no binding for the steps {', '.join(unbound)}")
        if stray := sorted(bound - edges):
            raise ImproperlyConfigured(f"{self.name}: no edge for the bindings {', '.join(stray)}")
        for step, edge in self.states.edges.items():
            power = self.bindings[step].power
            if edge.surface and (power is None or power.surfaces != {edge.surface}):
                raise ImproperlyConfigured(
                    f"{self.name}: {step} is a step of {edge.surface}, its power is not"
                )

    @cached_property
    def transitions(self) -> dict[str, Transition]:
        """Each step with its edge and its binding, in the order of the edges."""
        return {
            step: Transition(
                sources=edge.sources,
                target=edge.target,
                power=self.bindings[step].power,
                law=self.bindings[step].law,
                guard=self.bindings[step].guard,
                condition=self.bindings[step].condition,
                notice=self.bindings[step].notice,
            )
            for step, edge in self.states.edges.items()
        }

    def steps(self, obj: Subject, by: Any) -> list[str]:
        """The steps that `by` may take now, in the order of the edges; for the buttons of a page."""
        return [step for step in self.transitions if not self.refusals(obj, step, by)]

    def refusals(self, obj: Subject, step: str, by: Any, *, at: datetime | None = None) -> list[str]:
        """Why `by` may not take `step` at that moment, now where none is given, as sentences; empty when it may."""
        transition = self.transitions[step]
        if transition.power is None:
            if by is not None:
                return [_("Only the system takes this step.")]
        elif not transition.power.held_by(by):
            return [_("You may not do this.")]
        if getattr(obj, self.states.field) not in transition.sources:
            return [changed_meanwhile()]
        reasons = transition.guard(obj, by) if transition.guard else []
        if transition.condition:
            reasons = reasons + transition.condition(obj, timezone.localdate(at or clock.now()))
        return reasons

    def perform(
        self, obj: Subject, step: str, *, by: Any, at: datetime, reason: str = "", **changes: Any
    ) -> Subject:
        """Take `step` on `obj`: authorize, test state and guard, then write state, history, audit and notice together.

        `changes` are other columns that the step sets. The row is locked and read again first, so of two
        people who press at once one is refused. Raises PermissionDenied without the power, Refused when state
        or guard do not allow the step. Returns the fresh object.
        """
        with transaction.atomic():
            current = self.model._base_manager.select_for_update(no_key=True).get(pk=obj.pk)
            return self.perform_locked(current, step, by=by, at=at, reason=reason, **changes)

    def perform_locked(
        self, current: Subject, step: str, *, by: Any, at: datetime, reason: str = "", **changes: Any
    ) -> Subject:
        """The same for an object that this transaction has locked and read: asks the database nothing twice.

        Returns `current`, changed. What it raises leaves it and the database as they were.
        """
        assert transaction.get_connection().in_atomic_block
        transition, field = self.transitions[step], self.states.field
        if transition.power is not None and not transition.power.held_by(by):
            raise PermissionDenied(transition.power.name)
        if reasons := self.refusals(current, step, by, at=at):
            raise Refused(reasons)
        edge = self.states.edges[step]
        if edge.surface:  # the database refuses it too, where a surface's role asks
            columns = {field.name: field.column for field in current._meta.concrete_fields}
            assert {columns[name] for name in changes} <= edge.sets, step
        source = getattr(current, field)
        target = source if transition.target is None else transition.target
        for column, value in {field: target, **changes}.items():
            setattr(current, column, value)
        current.save(update_fields=with_derived(self.model, [field, *changes]))
        row: dict[str, Any] = {
            "subject_id": current.pk,
            "step": step,
            "source": source,
            "target": target,
            "by_id": getattr(by, "pk", None),
            "at": at,
            "reason": reason,
        }
        signed(self.history(**row)).save(force_insert=True)
        trail.record(f"{self.name}.{step}", by=by, subject=current, source=source, target=target)
        if transition.notice and self.notify:
            self.notify(current, transition.notice, at=at)
        return current
