"""Puts a ruleset to facts: all rules compile once to one SELECT; nothing else happens here.

Where the database cannot calculate with a row, `evaluate_apart` puts each rule to it alone: what fails then is not
known for that rule and that submission, and everything else is answered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import structlog
from django.db import DataError, connection, transaction
from django.db.models import BooleanField, ExpressionWrapper, Q

from alerts.models import Facts
from alerts.rules import expression
from alerts.rules.content import Content, Number, Rule

log = structlog.get_logger(__name__)


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
    """What the ruleset says about each of these facts rows; rows that do not exist are left out.

    Raises DataError when a rule cannot be calculated for one of them; the caller's savepoint is lost then.
    """
    select = compiled(content)
    answers = _answers(select, list(facts))
    return {row: _sorted(select.rules, found) for row, found in answers.items()}


def evaluate_apart(content: Content, facts: Iterable[UUID]) -> dict[UUID, Evaluation]:
    """The same, each rule for each row by itself, for rows with which `evaluate` failed."""
    rules = compiled(content).rules
    answers = {row: _one_by_one(content, row) for row in facts}
    return {row: _sorted(rules, found) for row, found in answers.items() if found}


Answers = tuple[bool | None, ...]
"""What each rule says about one row, in the order of the rules."""


def _answers(select: Compiled, rows: list[UUID]) -> dict[UUID, Answers]:
    with connection.cursor() as cursor:
        cursor.execute(
            f'{select.sql} WHERE "alerts_facts"."id" = ANY(%s)',
            [*select.parameters, rows],
        )
        return {row[0]: row[1:] for row in cursor.fetchall()}


def _one_by_one(content: Content, row: UUID) -> Answers:
    """Each rule by itself; a rule that cannot be calculated for this row is not known. Empty without such a row."""
    found: list[bool | None] = []
    for id, rule in sorted(content.rules.items()):
        try:
            with transaction.atomic():
                answers = _answers(_select({id: rule}), [row])
        except DataError as error:
            log.error("rule_not_computed", rule=id, facts=str(row), error=type(error).__name__)
            found.append(None)
            continue
        if row not in answers:
            return ()
        found += answers[row]
    return tuple(found)


@lru_cache(maxsize=32)
def compiled(content: Content) -> Compiled:
    """The SELECT of this ruleset; compiled once per process and content."""
    return _select(content.rules)


def _select(rules: Mapping[str, Rule]) -> Compiled:
    answers = {
        id: ExpressionWrapper(_bound(rule.when, rule.thresholds), output_field=BooleanField(null=True))
        for id, rule in sorted(rules.items())
    }
    query = Facts.objects.order_by().annotate(**answers).values_list("pk", *answers)
    sql, parameters = query.query.sql_with_params()
    return Compiled(sql, tuple(parameters), tuple(answers))


def _bound(when: Any, thresholds: Mapping[str, Number]) -> Q:
    """The expression with the ruleset's numbers in the place of the names."""
    return expression.to_q(when, lambda name: expression.number(thresholds[name]))


def _sorted(rules: tuple[str, ...], answers: Answers) -> Evaluation:
    pairs = list(zip(rules, answers, strict=True))
    return Evaluation(
        hits=tuple(id for id, answer in pairs if answer is True),
        unknowns=tuple(id for id, answer in pairs if answer is None),
        clears=tuple(id for id, answer in pairs if answer is False),
    )
