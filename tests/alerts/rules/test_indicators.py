"""What every indicator promises: three-valued, explained, and blind to what must not count."""

import ast
import string
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F, Field, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts import delphi
from alerts.evidence import Evidence
from alerts.models import Facts, Finding
from alerts.models.facts import KEYS, names
from alerts.rules import content, engine, explanations, indicators, rulesets, starting
from alerts.rules.catalogue import catalogue
from alerts.rules.indicator import Indicator, T, parts
from tests.factories.facts import some_facts
from tests.factories.rulesets import changed, document, live, rule_of
from wpis.languages.reader import translated

ALL = pytest.mark.parametrize("indicator", catalogue().values(), ids=catalogue())
PROTECTED = (
    *(
        "nationality",
        "citizen",
        "country",
        "sex",
        "gender",
        "religion",
        "marital",
        "married",
        "pregnan",
        "ethnic",
    ),
    *("race", "language_", "languages_read", "passport", "surname", "given_name", "birth_date"),
)


@ALL
def test_an_indicator_never_negates_and_never_asks_for_null(indicator: Indicator) -> None:
    for part in parts(indicator.when):
        if isinstance(part, Q):
            assert not part.negated
        if isinstance(part, tuple):
            assert "isnull" not in part[0]
            assert part[1] is not None


def test_no_indicator_file_writes_a_negation() -> None:
    files = list(Path(indicators.__path__[0]).glob("*/[a-e][0-9]*.py"))
    assert len(files) == len(catalogue())
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Invert | ast.Not)], path.name
        called = {
            node.func.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and hasattr(node.func, "attr")
        }
        assert "exclude" not in called, path.name


def test_the_check_for_negation_would_find_one() -> None:
    planted = Q(monthly_gross__lt=5) | ~Q(weekly_hours__gt=48)
    assert any(isinstance(part, Q) and part.negated for part in parts(planted))


@ALL
def test_an_indicator_looks_only_at_facts(indicator: Indicator) -> None:
    assert indicator.needs <= set(names())
    assert indicator.needs
    assert not indicator.needs & KEYS


@ALL
def test_every_threshold_has_a_number_and_every_number_a_use(indicator: Indicator) -> None:
    used = {part.name for part in parts(indicator.when) if isinstance(part, T)}
    assert used == set(indicator.thresholds)


@ALL
def test_no_number_hides_in_an_expression(indicator: Indicator) -> None:
    for part in parts(indicator.when):
        if isinstance(part, tuple) and isinstance(part[1], int | float) and not isinstance(part[1], bool):
            assert part[1] == 0, f"{part} wants a named threshold"


@ALL
def test_the_sentence_names_every_fact_behind_the_finding(indicator: Indicator) -> None:
    named = {field for _, field, _, _ in string.Formatter().parse(str(indicator.explains)) if field}
    assert named <= set(indicator.shows) | set(indicator.thresholds)
    assert set(indicator.shows) >= indicator.needs
    assert not set(indicator.shows) & set(indicator.thresholds)


@ALL
def test_all_words_of_an_indicator_are_marked_for_translation(indicator: Indicator) -> None:
    for words in (indicator.title, indicator.explains, indicator.false_positives):
        assert type(words).__name__ == "__proxy__"  # gettext_lazy, not a plain string
        assert str(words).strip()
    assert indicator.source


@ALL
def test_supported_items_are_on_the_ilo_list(indicator: Indicator) -> None:
    codes = [code for code in indicator.supports if code != "*child*"]
    delphi.assess(codes)  # refuses an unknown code


def test_no_protected_attribute_is_a_column_of_the_facts() -> None:
    for column in names():
        assert not [word for word in PROTECTED if word in column and column != "birth_dates_differ"], column


def test_every_fact_says_its_unit_and_source() -> None:
    for name in names():
        field = Facts._meta.get_field(name)
        assert isinstance(field, Field)
        unit, _, source = field.help_text.partition("; ")
        assert unit
        assert source, name
        assert field.null, f"{name} must be able to be unknown"
        assert type(field.verbose_name).__name__ == "__proxy__"


def test_every_fact_is_used_by_some_indicator() -> None:
    used = {fact for indicator in catalogue().values() for fact in (*indicator.needs, *indicator.shows)}
    assert set(names()) == used


def test_a_proxy_sorts_the_queue_and_is_marked_so() -> None:
    proxies = {id for id, indicator in catalogue().items() if indicator.evidence == Evidence.PROXY}
    assert proxies == {"A09", "A10", "B02", "C01", "C02"}


WHOLE = st.integers(0, 200_000)
HOURS = st.integers(0, 80)


def value(name: str) -> st.SearchStrategy[Any]:
    match Facts._meta.get_field(name).get_internal_type():
        case "BooleanField":
            return st.booleans()
        case "CharField":
            return st.sampled_from(["", "wage", "wage,signatures"])
        case "DecimalField":
            return HOURS if "hours" in name else st.sampled_from([0.2, 0.5, 0.7])
        case _:
            return st.one_of(st.integers(0, 40), WHOLE)


def answers(**given: Any) -> engine.Evaluation:
    row = some_facts(**given)
    return engine.evaluate(live(), [row.pk])[row.pk]


@pytest.mark.django_db
def test_nothing_known_means_nothing_checked() -> None:
    answer = answers()
    assert set(answer.unknowns) == set(catalogue())
    assert not answer.hits
    assert not answer.clears


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_with_everything_known_everything_is_checked_and_forgetting_never_flips_an_answer(
    data: st.DataObject,
) -> None:
    known = {name: data.draw(value(name), label=name) for name in names()}
    whole = answers(**known)
    assert not whole.unknowns
    for id, indicator in catalogue().items():
        forgotten = data.draw(st.sets(st.sampled_from(sorted(indicator.needs)), min_size=1), label=id)
        partial = answers(**{name: value for name, value in known.items() if name not in forgotten})
        if id in whole.hits:
            assert id not in partial.clears
        else:
            assert id not in partial.hits
        everything = answers(**{name: value for name, value in known.items() if name not in indicator.needs})
        assert id in everything.unknowns


@pytest.mark.django_db
def test_one_ruleset_is_one_select(django_assert_num_queries: Any) -> None:
    ruleset = live()
    rows = [some_facts(monthly_gross=60_000, minimum_gross=75_000).pk for _ in range(5)]
    with django_assert_num_queries(1):
        found = engine.evaluate(ruleset, rows)
    assert {answer.hits for answer in found.values()} == {("A01",)}


@pytest.mark.django_db
def test_the_live_ruleset_is_what_the_code_says() -> None:
    ruleset = rulesets.current()
    assert ruleset.version == "R2026.1"
    assert content.read(starting.document()) == live()
    assert starting.document() == document()


@pytest.mark.django_db
def test_a_tuned_threshold_changes_the_answer() -> None:
    row = some_facts(monthly_gross=80_000, minimum_gross=75_000)
    assert "A01" in engine.evaluate(live(), [row.pk])[row.pk].clears
    tuned = changed(lambda document: rule_of(document, "A01")["thresholds"].update(tolerance=1.1))
    assert "A01" in engine.evaluate(tuned, [row.pk])[row.pk].hits


def test_a_threshold_without_a_ruleset_cannot_run() -> None:
    with pytest.raises(TypeError, match="tolerance"):
        str(Facts.objects.filter(monthly_gross__lt=F("minimum_gross") * T("tolerance")).query)


@pytest.mark.django_db
@ALL
def test_a_finding_explains_itself_with_its_values(indicator: Indicator) -> None:
    ruleset = live()
    rule = ruleset.rules[indicator.id]
    facts = Facts(
        monthly_gross=60_000,
        minimum_gross=75_000,
        weekly_hours=40,
        contract_terms_missing=1,
        contract_terms_missing_names="wage",
    )
    values = explanations.values(rule, facts)
    found = explanations.sentence(Finding(indicator=indicator.id, outcome="hit", values=values), ruleset)
    assert "{" not in found
    assert "None" not in found
    values = explanations.values(rule, Facts())
    unknown = explanations.sentence(
        Finding(indicator=indicator.id, outcome="unknown", values=values), ruleset
    )
    assert unknown.startswith("Not known: ")
    assert all(translated(ruleset.facts[name].label) in unknown for name in indicator.needs)


@pytest.mark.django_db
def test_the_wage_is_explained_in_drams() -> None:
    values = {"monthly_gross": 60_000, "minimum_gross": 75_000, "weekly_hours": 40, "tolerance": 1}
    sentence = explanations.sentence(Finding(indicator="A01", outcome="hit", values=values), live())
    assert sentence.replace("\u00a0", " ") == (
        "The contract offers 60 000 drams a month; the law asks at least 75 000 for 40 hours a week."
    )
