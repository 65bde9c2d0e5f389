"""Puts a ruleset to facts: all indicators compile once to one SELECT; nothing else happens here."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper

from alerts.models import Facts, Ruleset
from alerts.rules import rulesets


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The three answers, as ids of indicators in order."""

    hits: tuple[str, ...]
    unknowns: tuple[str, ...]
    clears: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """The SELECT of one ruleset: the id of a facts row, then one column per indicator."""

    sql: str
    parameters: tuple[Any, ...]
    indicators: tuple[str, ...]


def evaluate(ruleset: Ruleset, facts: Iterable[UUID]) -> dict[UUID, Evaluation]:
    """What the ruleset says about each of these facts rows; rows that do not exist are left out."""
    select = compiled(ruleset)
    with connection.cursor() as cursor:
        cursor.execute(
            f'{select.sql} WHERE "alerts_facts"."id" = ANY(%s)',
            [*select.parameters, list(facts)],
        )
        return {row[0]: _sorted(select.indicators, row[1:]) for row in cursor.fetchall()}


def compiled(ruleset: Ruleset) -> Compiled:
    """The SELECT of this ruleset; compiled once per process and set of numbers."""
    return _compile(rulesets.text(ruleset))


@lru_cache(maxsize=32)
def _compile(text: str) -> Compiled:
    expressions = {
        rule.indicator.id: ExpressionWrapper(
            rule.indicator.bound(rule.thresholds), output_field=BooleanField(null=True)
        )
        for rule in rulesets.read(text)
    }
    query = Facts.objects.order_by().annotate(**expressions).values_list("pk", *expressions)
    sql, parameters = query.query.sql_with_params()
    return Compiled(sql, tuple(parameters), tuple(expressions))


def _sorted(indicators: tuple[str, ...], answers: tuple[bool | None, ...]) -> Evaluation:
    pairs = list(zip(indicators, answers, strict=True))
    return Evaluation(
        hits=tuple(id for id, answer in pairs if answer is True),
        unknowns=tuple(id for id, answer in pairs if answer is None),
        clears=tuple(id for id, answer in pairs if answer is False),
    )
