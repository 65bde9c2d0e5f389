"""Rule expressions: a closed subset of JsonLogic as stored in a ruleset, to and from Django's Q.

    {"<": [{"var": "monthly_gross"}, {"*": [{"var": "minimum_gross"}, {"var": "threshold.tolerance"}]}]}

`and`, `or`, comparisons of a fact, sums and products of two. There is no negation, no question for NULL and no
SQL: an answer is TRUE, FALSE or NULL, and a missing value alone can never become a hit.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast

from alerts.models.facts import FactKind
from alerts.rules.indicator import T

JOINED = {"and": Q.AND, "or": Q.OR}
COMPARED = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte", "==": "exact"}
COMBINED = frozenset({"+", "*"})
THRESHOLD = "threshold."
"""Prefix of a threshold among the variables; no fact has a dot in its name."""

DEEPEST = 8
"""Operators inside one another."""

WIDEST = 24
"""Parts of one `and` or `or`."""

LARGEST = 10**12
"""The largest number: far beyond any wage in drams."""


class InvalidExpression(ValueError):
    """An expression outside the grammar; the message says where in it and why."""

    def __init__(self, place: str, why: str) -> None:
        self.place, self.why = place, why
        super().__init__(f"{place}: {why}" if place else why)


class Numeric(models.DecimalField):  # type: ignore[type-arg]  # no subscript at run time
    """PostgreSQL's numeric without limits: sums and products of whole numbers cannot overflow."""

    def cast_db_type(self, connection: Any) -> str:
        """The type without precision and scale, which Django's own field insists on."""
        return "numeric"


# --- validation ------------------------------------------------------------------------------------


def validate(
    node: Any, facts: Mapping[str, FactKind], thresholds: Mapping[str, Any], place: str = ""
) -> None:
    """Check a stored expression against the facts and thresholds it may name. Raises InvalidExpression."""
    _condition(node, facts, thresholds, place, DEEPEST)


def _condition(
    node: Any, facts: Mapping[str, FactKind], thresholds: Mapping[str, Any], place: str, left: int
) -> None:
    operator, parts = _operation(node, place, left)
    place = f"{place}.{operator}" if place else operator
    if operator in JOINED:
        if not 2 <= len(parts) <= WIDEST:
            raise InvalidExpression(place, f"takes 2 to {WIDEST} parts, not {len(parts)}")
        for number, part in enumerate(parts):
            _condition(part, facts, thresholds, f"{place}[{number}]", left - 1)
    elif operator in COMPARED:
        _comparison(operator, parts, facts, thresholds, place, left)
    else:
        raise InvalidExpression(place, "unknown operator")


def _comparison(
    operator: str,
    parts: list[Any],
    facts: Mapping[str, FactKind],
    thresholds: Mapping[str, Any],
    place: str,
    left: int,
) -> None:
    if len(parts) != 2:
        raise InvalidExpression(place, f"compares 2 values, not {len(parts)}")
    name = _variable(parts[0], f"{place}[0]")
    if name is None or name.startswith(THRESHOLD):
        raise InvalidExpression(f"{place}[0]", "the first value of a comparison is a fact")
    kind = _kind(name, facts, f"{place}[0]")
    if kind is FactKind.NUMBER:
        _number(parts[1], facts, thresholds, f"{place}[1]", left - 1)
    elif kind is FactKind.TEXT:
        raise InvalidExpression(f"{place}[0]", f"{name} is text, which is shown but not compared")
    elif operator != "==":
        raise InvalidExpression(place, f"{name} is yes or no; only == compares it")
    elif not isinstance(parts[1], bool):
        raise InvalidExpression(f"{place}[1]", f"{name} is yes or no; compare it with true or false")


def _number(
    node: Any, facts: Mapping[str, FactKind], thresholds: Mapping[str, Any], place: str, left: int
) -> None:
    if not isinstance(node, dict):
        validate_number(node, place)
        return
    name = _variable(node, place)
    if name is None:
        operator, parts = _operation(node, place, left)
        place = f"{place}.{operator}"
        if operator not in COMBINED:
            raise InvalidExpression(place, "unknown operator for a number")
        if len(parts) != 2:
            raise InvalidExpression(place, f"combines 2 numbers, not {len(parts)}")
        for number, part in enumerate(parts):
            _number(part, facts, thresholds, f"{place}[{number}]", left - 1)
    elif name.startswith(THRESHOLD):
        if name.removeprefix(THRESHOLD) not in thresholds:
            raise InvalidExpression(place, f"there is no threshold {name.removeprefix(THRESHOLD)}")
    elif (kind := _kind(name, facts, place)) is not FactKind.NUMBER:
        raise InvalidExpression(place, f"{name} is {kind.label}, not a number")


def validate_number(value: Any, place: str) -> None:
    """A number that PostgreSQL and people can handle. Raises InvalidExpression."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidExpression(place, f"{value!r} is not a number")
    if not abs(value) <= LARGEST:  # neither is NaN
        raise InvalidExpression(place, f"{value!r} is out of range")


def _operation(node: Any, place: str, left: int) -> tuple[str, list[Any]]:
    """The operator and its parts."""
    if left <= 0:
        raise InvalidExpression(place, f"more than {DEEPEST} operators inside one another")
    if not isinstance(node, dict) or len(node) != 1:
        raise InvalidExpression(place, "expected one operator with a list of its parts")
    ((operator, parts),) = node.items()
    if not isinstance(operator, str) or not isinstance(parts, list):
        raise InvalidExpression(place, "expected one operator with a list of its parts")
    return operator, parts


def _variable(node: Any, place: str) -> str | None:
    """The name in {"var": name}; None for anything else."""
    if not isinstance(node, dict) or "var" not in node:
        return None
    if len(node) != 1 or not isinstance(node["var"], str):
        raise InvalidExpression(place, "a variable is written {'var': its name}")
    return node["var"]


def _kind(name: str, facts: Mapping[str, FactKind], place: str) -> FactKind:
    try:
        return facts[name]
    except KeyError:
        raise InvalidExpression(place, f"there is no fact {name}") from None


# --- reading ---------------------------------------------------------------------------------------


def variables(node: Any) -> Iterator[str]:
    """Every variable that a valid expression names, thresholds with their prefix."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "var":
                yield value
            else:
                for part in value:
                    yield from variables(part)


# --- to Django -------------------------------------------------------------------------------------


def to_q(node: Any, threshold: Callable[[str], Any] = T) -> Q:
    """A valid expression as a Q; `threshold` gives what stands for a threshold, by default its name."""
    ((operator, parts),) = node.items()
    if operator in JOINED:
        return Q.create([to_q(part, threshold) for part in parts], connector=JOINED[operator])
    fact, value = parts
    lookup = f"{fact['var']}__{COMPARED[operator]}"
    if isinstance(value, dict) and not value.get("var", THRESHOLD).startswith(THRESHOLD):
        return Q((lookup, F(value["var"])))  # column against column
    return Q((lookup, _to_value(value, threshold)))


def number(value: float) -> Value:
    """A number as PostgreSQL's exact numeric; 0.3 stays 0.3."""
    return Value(Decimal(str(value)), output_field=Numeric())


def _to_value(node: Any, threshold: Callable[[str], Any]) -> Any:
    if isinstance(node, bool):
        return node
    if not isinstance(node, dict):
        return number(node)
    ((operator, parts),) = node.items()
    if operator == "var":
        if parts.startswith(THRESHOLD):
            return threshold(parts.removeprefix(THRESHOLD))
        return Cast(F(parts), Numeric())
    first, second = (_operand(_to_value(part, threshold)) for part in parts)
    return CombinedExpression(first, operator, second, output_field=Numeric())


def _operand(value: Any) -> Any:
    """Numeric by its type: psycopg2 writes the Decimal 2000000000 as an integer, and twice that would overflow."""
    return value if isinstance(value, Cast | CombinedExpression) else Cast(value, Numeric())


# --- from Django -----------------------------------------------------------------------------------


def to_data(node: Any) -> Any:
    """A Q of the catalogue as data. Raises InvalidExpression for what the grammar does not have."""
    match node:
        case Q(negated=True):
            raise InvalidExpression("", "a negation would turn a missing value into a hit")
        case Q(children=[only]):
            return to_data(only)
        case Q():
            return {_named(JOINED, node.connector): [to_data(child) for child in node.children]}
        case (str() as lookup, value):
            fact, _, how = lookup.partition("__")
            return {_named(COMPARED, how or "exact"): [{"var": fact}, to_data(value)]}
        case Cast():
            return to_data(node.get_source_expressions()[0])
        case CombinedExpression() if node.connector in COMBINED:
            return {node.connector: [to_data(node.lhs), to_data(node.rhs)]}
        case T():
            return {"var": f"{THRESHOLD}{node.name}"}
        case F():
            return {"var": node.name}  # type: ignore[attr-defined]  # absent from the stubs
        case Value():
            return to_data(node.value)
        case Decimal():
            return int(node) if node.as_tuple().exponent == 0 else float(node)
        case bool() | int() | float():
            return node
        case _:
            raise InvalidExpression("", f"{node!r} has no place in an expression")


def _named(operators: Mapping[str, str], django: str) -> str:
    for operator, known in operators.items():
        if known == django:
            return operator
    raise InvalidExpression("", f"{django} has no place in an expression")
