"""Puts a ruleset to facts: all rules compile once to one SELECT; nothing else happens here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q

from alerts.models import Facts
from alerts.rules import expression
from alerts.rules.content import Content, Number


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The three answers, as ids of rules in order."""

    hits: tuple[str, ...]
    unknowns: tuple[str, ...]
    clears: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """The SELECT of one ruleset: the id of a facts row, then one column per rule, named by its id."""

    sql: str
    parameters: tuple[Any, ...]
    rules: tuple[str, ...]


def evaluate(content: Content, facts: Iterable[UUID]) -> dict[UUID, Evaluation]:
    """What the ruleset says about each of these facts rows; rows that do not exist are left out."""
    select = compiled(content)
    with connection.cursor() as cursor:
        cursor.execute(
            f'{select.sql} WHERE "alerts_facts"."id" = ANY(%s)',
            [*select.parameters, list(facts)],
        )
        return {row[0]: _sorted(select.rules, row[1:]) for row in cursor.fetchall()}


@lru_cache(maxsize=32)
def compiled(content: Content) -> Compiled:
    """The SELECT of this ruleset; compiled once per process and content."""
    answers = {
        id: ExpressionWrapper(_bound(rule.when, rule.thresholds), output_field=BooleanField(null=True))
        for id, rule in sorted(content.rules.items())
    }
    query = Facts.objects.order_by().annotate(**answers).values_list("pk", *answers)
    sql, parameters = query.query.sql_with_params()
    return Compiled(sql, tuple(parameters), tuple(answers))


def _bound(when: Any, thresholds: Mapping[str, Number]) -> Q:
    """The expression with the ruleset's numbers in the place of the names."""
    return expression.to_q(when, lambda name: expression.number(thresholds[name]))


def _sorted(rules: tuple[str, ...], answers: tuple[bool | None, ...]) -> Evaluation:
    pairs = list(zip(rules, answers, strict=True))
    return Evaluation(
        hits=tuple(id for id, answer in pairs if answer is True),
        unknowns=tuple(id for id, answer in pairs if answer is None),
        clears=tuple(id for id, answer in pairs if answer is False),
    )
