"""A workflow binds every edge of its state machine and nothing else; the edges alone make the triggers."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured

from permits import powers
from permits.models import Application
from permits.states import APPLICATION_STATES, State
from permits.workflow import APPLICATION
from wpis.states import Edge, StateMachine, edge
from wpis.workflow import Binding


def with_edges(edges: Mapping[str, Edge]) -> StateMachine:
    return replace(APPLICATION_STATES, edges=edges)


def test_a_step_without_a_binding_fails_when_the_workflow_is_made() -> None:
    more = {**APPLICATION_STATES.edges, "suspend": edge(State.IN_REVIEW, to=State.WAITING)}
    with pytest.raises(ImproperlyConfigured, match=r"permits\.application: no binding for the steps suspend"):
        replace(APPLICATION, states=with_edges(more))


def test_a_binding_without_an_edge_fails_when_the_workflow_is_made() -> None:
    more = {**APPLICATION.bindings, "suspend": Binding(power=powers.TAKE, law="")}
    with pytest.raises(ImproperlyConfigured, match=r"permits\.application: no edge for the bindings suspend"):
        replace(APPLICATION, bindings=more)


def test_a_transition_is_the_edge_and_its_binding_in_the_order_of_the_edges() -> None:
    assert list(APPLICATION.transitions) == list(APPLICATION_STATES.edges)
    for step, transition in APPLICATION.transitions.items():
        bound, drawn = APPLICATION.bindings[step], APPLICATION_STATES.edges[step]
        assert (transition.sources, transition.target) == (drawn.sources, drawn.target)
        assert (transition.power, transition.law) == (bound.power, bound.law)
        assert (transition.guard, transition.notice) == (bound.guard, bound.notice)


def test_the_database_holds_the_triggers_that_the_edges_make() -> None:
    held = {trigger.name: trigger for trigger in Application._meta.triggers}  # type: ignore[attr-defined]
    assert {"legal_steps", "first_state"} <= held.keys()
    pairs = {(s, e.target) for e in APPLICATION_STATES.edges.values() for s in e.sources if s != e.target}
    assert set(held["legal_steps"].transitions) == pairs
