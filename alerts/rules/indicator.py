"""Indicator: one boolean expression over the facts, and the words that explain it."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Expression, F, Q, Value

from alerts.evidence import Evidence, Group

Number = int | float


class T(Expression):
    """A threshold by name: an analyst may tune it, a backtest may try it. The ruleset gives the number."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse to run without a ruleset."""
        raise TypeError(f"the threshold {self.name} has no number yet; call bind() first")


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One rule. TRUE is a hit, FALSE is clear, NULL is "could not check": SQL's three values are the engine.

    `when` never negates and never asks for NULL: Django writes a negated comparison so that a missing value
    becomes a hit (tests/alerts/rules/test_indicators.py forbids it).
    """

    id: str
    version: int
    title: Any
    supports: tuple[str, ...]  # items of the ILO list, once a person has confirmed it
    evidence: Evidence
    group: Group
    when: Q
    thresholds: Mapping[str, Number]
    shows: tuple[str, ...]  # facts that the explanation names
    explains: Any  # a sentence with {fact} and {threshold} in it
    false_positives: Any
    source: str

    @cached_property
    def needs(self) -> frozenset[str]:
        """The facts that the expression looks at."""
        return frozenset(_facts(self.when))

    def bound(self, thresholds: Mapping[str, Number]) -> Q:
        """The expression with numbers in the place of the names. Raises KeyError when one is missing."""
        return bind(self.when, thresholds)  # type: ignore[no-any-return]


def bind(node: Any, thresholds: Mapping[str, Number]) -> Any:
    """A copy of an expression with a number for every T."""
    match node:
        case Q():
            children = [bind(child, thresholds) for child in node.children]
            return Q.create(children, connector=node.connector, negated=node.negated)
        case (str() as lookup, value):
            return lookup, bind(value, thresholds)
        case T():
            return Value(thresholds[node.name])
        case Expression():
            bound = copy.copy(node)
            bound.set_source_expressions([bind(part, thresholds) for part in node.get_source_expressions()])
            return bound
        case _:
            return node


def parts(node: Any) -> Iterator[Any]:
    """Every node of an expression, from the top: Q, (lookup, value) pairs and expressions."""
    yield node
    match node:
        case Q():
            for child in node.children:
                yield from parts(child)
        case (str(), value):
            yield from parts(value)
        case Expression():
            for part in node.get_source_expressions():
                yield from parts(part)


def _facts(node: Any) -> Iterator[str]:
    for part in parts(node):
        match part:
            case (str() as lookup, _):
                yield lookup.split("__")[0]
            case F():
                yield str(part.name)  # type: ignore[attr-defined]  # absent from the stubs
