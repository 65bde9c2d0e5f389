"""Rule expressions: data and Q say the same, NULL stays NULL, and what is outside the grammar is refused by place."""

import copy
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import BooleanField, ExpressionWrapper, F, Q, Sum, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.models import Facts
from alerts.models.facts import FactKind, kinds
from alerts.rules import expression
from alerts.rules.catalogue import catalogue
from alerts.rules.expression import COMPARED, DEEPEST, InvalidExpression, to_data, to_q, validate
from alerts.rules.indicator import T
from tests.factories.facts import some_facts

NUMBERS = sorted(name for name, kind in kinds().items() if kind is FactKind.NUMBER)
TRUTHS = sorted(name for name, kind in kinds().items() if kind is FactKind.TRUTH)
WHOLE = [name for name in NUMBERS if Facts._meta.get_field(name).get_internal_type() == "IntegerField"]
THRESHOLDS = {"one": 1, "few": 2.5, "many": 200_000, "none": 0}

var = st.sampled_from(WHOLE).map(lambda name: {"var": name})
number = st.one_of(
    st.integers(0, 50),
    st.sampled_from([0.3, 1.1, 2.5]),
    st.sampled_from(sorted(THRESHOLDS)).map(lambda name: {"var": f"threshold.{name}"}),
    var,
)
numbers = st.recursive(
    number,
    lambda inner: st.builds(
        lambda operator, *parts: {operator: [*parts]}, st.sampled_from("+*"), inner, inner
    ),
    max_leaves=3,
)
comparison = st.one_of(
    st.builds(lambda operator, *parts: {operator: [*parts]}, st.sampled_from(sorted(COMPARED)), var, numbers),
    st.builds(lambda name, truth: {"==": [{"var": name}, truth]}, st.sampled_from(TRUTHS), st.booleans()),
)
conditions = st.recursive(
    comparison,
    lambda inner: st.builds(
        lambda operator, parts: {operator: parts},
        st.sampled_from(["and", "or"]),
        st.lists(inner, min_size=2, max_size=3),
    ),
    max_leaves=8,
).filter(lambda node: depth(node) <= DEEPEST)


def depth(node: Any) -> int:
    """Operators inside one another, variables not counted."""
    if not isinstance(node, dict) or "var" in node:
        return 0
    return 1 + max(depth(part) for parts in node.values() for part in parts)


def answer(node: Any, facts: dict[str, Any]) -> Any:
    """The same expression by the book of three-valued logic, without SQL and without Django."""
    if not isinstance(node, dict):
        return node if isinstance(node, bool) else Decimal(str(node))
    ((operator, parts),) = node.items()
    if operator == "var":
        name = parts.removeprefix("threshold.")
        value = THRESHOLDS[name] if name != parts else facts.get(name)
        return value if value is None or isinstance(value, bool) else Decimal(str(value))
    values = [answer(part, facts) for part in parts]
    if operator in ("and", "or"):
        decides = operator == "or"
        return decides if decides in values else (None if None in values else not decides)
    if None in values:
        return None
    first, second = values
    return {
        "<": lambda: first < second,
        "<=": lambda: first <= second,
        ">": lambda: first > second,
        ">=": lambda: first >= second,
        "==": lambda: first == second,
        "+": lambda: first + second,
        "*": lambda: first * second,
    }[operator]()


def bound(name: str) -> Value:
    return expression.number(THRESHOLDS[name])


def asked(node: Any, row: Facts) -> Any:
    """What PostgreSQL answers."""
    wrapped = ExpressionWrapper(to_q(node, bound), output_field=BooleanField(null=True))
    return Facts.objects.annotate(answer=wrapped).values_list("answer", flat=True).get(pk=row.pk)


@given(conditions)
def test_data_becomes_a_q_and_the_same_data_again(node: Any) -> None:
    validate(node, kinds(), THRESHOLDS)
    assert to_data(to_q(node)) == node


@given(conditions)
def test_numbers_in_the_place_of_thresholds_read_back_as_numbers(node: Any) -> None:
    def numbered(part: Any) -> Any:
        if isinstance(part, dict) and str(part.get("var", "")).startswith("threshold."):
            return THRESHOLDS[part["var"].removeprefix("threshold.")]
        if isinstance(part, dict) and "var" not in part:
            return {operator: [numbered(each) for each in parts] for operator, parts in part.items()}
        return part

    assert to_data(to_q(node, bound)) == numbered(node)


@pytest.mark.parametrize("id", catalogue())
def test_every_indicator_of_the_catalogue_is_data_and_back(id: str) -> None:
    indicator = catalogue()[id]
    data = to_data(indicator.when)
    validate(data, kinds(), indicator.thresholds)
    assert to_data(to_q(data)) == data
    assert {name for name in expression.variables(data) if "." not in name} == indicator.needs


fact = st.one_of(st.none(), st.integers(0, 60), st.sampled_from([75_000, 2_000_000, 2_147_483_647]))
some = st.fixed_dictionaries(
    {}, optional={**dict.fromkeys(WHOLE, fact), **dict.fromkeys(TRUTHS, st.one_of(st.none(), st.booleans()))}
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nodes=st.lists(conditions, min_size=1, max_size=6), facts=some)
def test_postgresql_answers_by_three_valued_logic(nodes: list[Any], facts: dict[str, Any]) -> None:
    row = some_facts(**facts)
    for node in nodes:
        assert asked(node, row) == answer(node, facts), node


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(node=conditions, facts=some)
def test_forgetting_a_value_never_makes_a_hit_or_a_clear_answer(node: Any, facts: dict[str, Any]) -> None:
    whole = asked(node, some_facts(**facts))
    needed = {name for name in expression.variables(node) if "." not in name}
    for name in needed & facts.keys():
        partial = asked(node, some_facts(**{key: value for key, value in facts.items() if key != name}))
        assert partial in (whole, None)
    assert asked(node, some_facts()) is None


@pytest.mark.django_db
def test_numbers_are_exact_and_never_overflow() -> None:
    row = some_facts(monthly_gross=2_147_483_647, minimum_gross=2_147_483_647, deductions_total=3)
    product = {"*": [{"var": "minimum_gross"}, {"var": "monthly_gross"}]}
    assert asked({"<": [{"var": "monthly_gross"}, product]}, row) is True
    third = {"*": [{"var": "deductions_total"}, 0.1]}
    assert asked({"==": [{"var": "deductions_total"}, {"*": [third, 10]}]}, row) is True
    assert asked({"==": [{"var": "deductions_total"}, 2.5]}, row) is False
    constants = {"+": [2_000_000_000, {"*": [2_000_000_000, 3]}]}
    assert asked({"<": [{"var": "monthly_gross"}, constants]}, row) is True


GOOD = {
    "or": [
        {"<": [{"var": "monthly_gross"}, {"*": [{"var": "minimum_gross"}, {"var": "threshold.share"}]}]},
        {"==": [{"var": "penalty_clause"}, True]},
    ]
}


def deep(levels: int) -> Any:
    node: Any = 1
    for _ in range(levels):
        node = {"+": [node, 1]}
    return {"<": [{"var": "monthly_gross"}, node]}


@pytest.mark.parametrize(
    ("node", "place", "why"),
    [
        ({"!": [{"==": [{"var": "penalty_clause"}, True]}]}, "!", "unknown operator"),
        ({"!=": [{"var": "monthly_gross"}, 5]}, "!=", "unknown operator"),
        ({"sql": ["1=1"]}, "sql", "unknown operator"),
        ({"or": [GOOD, {"xor": [GOOD, GOOD]}]}, "or[1].xor", "unknown operator"),
        ({"<": [{"var": "nationality"}, 5]}, "<[0]", "there is no fact nationality"),
        ({"<": [{"var": "submitted_at"}, 5]}, "<[0]", "there is no fact submitted_at"),
        ({"<": [{"var": "monthly_gross__isnull"}, 5]}, "<[0]", "there is no fact"),
        ({"<": [{"var": "monthly_gross"}, {"var": "wage"}]}, "<[1]", "there is no fact wage"),
        ({"<": [{"var": "monthly_gross"}, {"var": "threshold.x"}]}, "<[1]", "there is no threshold x"),
        ({"<": [{"var": "monthly_gross"}, {"-": [1, 2]}]}, "<[1].-", "unknown operator for a number"),
        ({"<": [{"var": "monthly_gross"}, {"*": [1, 2, 3]}]}, "<[1].*", "combines 2 numbers, not 3"),
        ({"<": [{"var": "monthly_gross"}, {"var": "penalty_clause"}]}, "<[1]", "yes or no, not a number"),
        ({"<": [{"var": "monthly_gross"}, True]}, "<[1]", "True is not a number"),
        ({"<": [{"var": "monthly_gross"}, None]}, "<[1]", "None is not a number"),
        ({"<": [{"var": "monthly_gross"}, "5"]}, "<[1]", "'5' is not a number"),
        ({"<": [{"var": "monthly_gross"}, float("nan")]}, "<[1]", "out of range"),
        ({"<": [{"var": "monthly_gross"}, float("inf")]}, "<[1]", "out of range"),
        ({"<": [{"var": "monthly_gross"}, 10**400]}, "<[1]", "out of range"),
        ({"<": [5, {"var": "monthly_gross"}]}, "<[0]", "is a fact"),
        ({"<": [{"var": "threshold.share"}, 5]}, "<[0]", "is a fact"),
        ({"<": [{"var": "monthly_gross"}]}, "<", "compares 2 values, not 1"),
        ({"<": [{"var": "monthly_gross", "default": 0}, 5]}, "<[0]", "a variable is written"),
        ({"<": [{"var": "penalty_clause"}, True]}, "<", "only == compares it"),
        ({"==": [{"var": "penalty_clause"}, 1]}, "==[1]", "compare it with true or false"),
        ({"==": [{"var": "contract_terms_missing_names"}, 1]}, "==[0]", "shown but not compared"),
        ({"and": [GOOD]}, "and", "takes 2 to"),
        ({"and": [GOOD] * 100}, "and", "takes 2 to"),
        ({"and": GOOD}, "", "expected one operator"),
        ({**GOOD, "and": [GOOD, GOOD]}, "", "expected one operator"),
        ({}, "", "expected one operator"),
        (True, "", "expected one operator"),
        (deep(DEEPEST), "<[1]" + ".+[0]" * (DEEPEST - 1), f"more than {DEEPEST} operators"),
    ],

)  # fmt: skip
def test_what_is_outside_the_grammar_is_refused_with_its_place(node: Any, place: str, why: str) -> None:
    with pytest.raises(InvalidExpression) as refused:
        validate(node, kinds(), {"share": 0.3})
    assert refused.value.place == place
    assert why in refused.value.why


def test_the_good_example_is_good() -> None:
    validate(GOOD, kinds(), {"share": 0.3})
    validate(deep(DEEPEST - 1), kinds(), {})


junk = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["and", "or", "<", "==", "var", "*", "!", ""]), inner, max_size=2),
    ),
    max_leaves=8,
)


@given(node=junk)
def test_junk_is_refused_and_nothing_worse(node: Any) -> None:
    before = copy.deepcopy(node)
    try:
        validate(node, kinds(), {})
    except InvalidExpression:
        assert str(node) == str(before)
    else:
        to_q(node)


@pytest.mark.parametrize(
    "node",
    [
        ~Q(monthly_gross__gt=5),
        Q(monthly_gross__gt=5) & ~Q(days_per_week=6),
        Q(monthly_gross__isnull=True),
        Q(monthly_gross__in=[1, 2]),
        Q(monthly_gross=None),
        Q(monthly_gross__gt=1) ^ Q(days_per_week=6),
        Q(monthly_gross__gt=F("minimum_gross") - 1),
        Q(monthly_gross__gt=Sum("minimum_gross")),
        Q(monthly_gross__gt=T("x") / 2),
    ],
)
def test_a_q_that_the_grammar_does_not_have_cannot_be_exported(node: Q) -> None:
    with pytest.raises(InvalidExpression):
        to_data(node)
