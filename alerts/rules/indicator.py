"""Indicator: one boolean expression over the facts, and the words that explain it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Expression, F, Q

from alerts.evidence import Evidence, Group

Number = int | float


class T(Expression):
    """A threshold by name: an analyst may tune it, a backtest may try it. The ruleset gives the number."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse to run without a ruleset."""
        raise TypeError(f"the threshold {self.name} has no number; alerts.rules.engine gives it one")


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One rule of the starting catalogue; what runs is the ruleset that it was exported to.

    TRUE is a hit, FALSE is clear, NULL is "could not check": SQL's three values are the engine.
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
