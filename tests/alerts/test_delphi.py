"""The ILO assessment: the rule at its boundaries, the table of results, and every row of the list."""

import json
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import alerts.delphi
from alerts.delphi import (
    INDICATORS,
    Assessment,
    Counts,
    Dimension,
    Result,
    UnknownIndicator,
    Weight,
    assess,
    bounds,
)

# Two codes that make a dimension positive for an adult and for a child alike.
PAIRS = {
    Dimension.DECEPTIVE_RECRUITMENT: ("DR01", "DR02"),
    Dimension.COERCIVE_RECRUITMENT: ("CR01", "CR03"),
    Dimension.RECRUITMENT_ABUSE_OF_VULNERABILITY: ("RV01", "RV02", "RV03"),
    Dimension.EXPLOITATION: ("EX01", "EX02"),
    Dimension.COERCION_AT_DESTINATION: ("CD01", "CD02"),
    Dimension.ABUSE_OF_VULNERABILITY_AT_DESTINATION: ("VD01", "VD02", "VD03"),
}
DECEIVED, FORCED_IN, WEAK_IN, EXPLOITED, FORCED_THERE, WEAK_THERE = Dimension

# The list as printed: strong, medium, weak or - (not on it); adult and child.
LIST = """
DR01 S S  DR02 M M  DR03 M M  DR04 M M  DR05 M M  DR06 M M  DR07 M M  DR08 M M  DR09 M M  DR10 W S
CR01 S S  CR02 M S  CR03 M M  CR04 M S  CR05 M M  CR06 M M  CR07 M S  CR08 M M  CR09 M M  CR10 M M
RV01 M M  RV02 M M  RV03 M M  RV04 M M  RV05 M M  RV06 M M  RV07 M M  RV08 M M  RV09 M -  RV10 M M  RV11 M M
RV12 M M  RV13 M M  RV14 M M  RV15 W M  RV16 W M
EX01 S S  EX02 M M  EX03 M M  EX04 M M  EX05 M M  EX06 M -  EX07 M M  EX08 M M  EX09 W M
CD01 S S  CD02 S S  CD03 S S  CD04 S S  CD05 M S  CD06 M S  CD07 M M  CD08 M M  CD09 M M  CD10 M M  CD11 M S
CD12 M S  CD13 M M  CD14 M M  CD15 W M
VD01 M M  VD02 M M  VD03 M M  VD04 M M  VD05 M M  VD06 W M  VD07 W M
"""
ROWS = [tuple(LIST.split()[n : n + 3]) for n in range(0, len(LIST.split()), 3)]
LETTERS = {"S": Weight.STRONG, "M": Weight.MEDIUM, "W": Weight.WEAK, "-": None}

codes = st.frozensets(st.sampled_from(sorted(INDICATORS)))


def of(*dimensions: Dimension, child: bool = False) -> Assessment:
    return assess([code for dimension in dimensions for code in PAIRS[dimension]], child=child)


@pytest.mark.parametrize(("code", "adult", "child"), ROWS)
def test_each_row_has_the_weights_of_the_list(code: str, adult: str, child: str) -> None:
    row = INDICATORS[code]
    assert (row.weight(child=False), row.weight(child=True)) == (LETTERS[adult], LETTERS[child])
    assert row.text


def test_the_list_is_complete_and_in_order() -> None:
    assert list(INDICATORS) == [code for code, _, _ in ROWS]
    assert [sum(row.dimension is d for row in INDICATORS.values()) for d in Dimension] == [
        10,
        10,
        16,
        9,
        15,
        7,
    ]


def test_the_list_for_children_has_65_rows_and_no_weak_one() -> None:
    weights = [row.child for row in INDICATORS.values()]
    assert weights.count(None) == 2
    assert Weight.WEAK not in weights


def test_the_file_names_the_dimensions_as_the_code_does() -> None:
    file = Path(alerts.delphi.__file__).with_name("ilo_delphi_indicators.json")
    content = json.loads(file.read_text(encoding="utf-8"))
    assert content["dimensions"] == [dimension.value for dimension in Dimension]
    assert list(of().positive) == content["dimensions"]
    assert list(of().counts) == content["dimensions"]


def test_recruitment_comes_before_the_destination() -> None:
    phases = {row.dimension: row.phase for row in INDICATORS.values()}
    assert [phases[d] for d in Dimension] == ["recruitment"] * 3 + ["destination"] * 3


@pytest.mark.parametrize(
    ("strong", "medium", "weak", "positive"),
    [
        (0, 0, 0, False),
        (1, 0, 0, False),
        (2, 0, 0, True),
        (1, 1, 0, True),
        (1, 0, 1, True),
        (0, 2, 0, False),
        (0, 3, 0, True),
        (0, 2, 1, True),
        (0, 1, 1, False),
        (0, 1, 9, False),
        (0, 0, 9, False),
        (0, 1, 2, False),
    ],
)
def test_the_rule_at_its_boundaries(strong: int, medium: int, weak: int, positive: bool) -> None:
    assert Counts(strong, medium, weak).positive is positive


@pytest.mark.parametrize(
    ("answered", "dimension", "positive"),
    [
        (["CD01"], FORCED_THERE, False),
        (["CD01", "CD02"], FORCED_THERE, True),
        (["CD01", "CD07"], FORCED_THERE, True),
        (["CD01", "CD15"], FORCED_THERE, True),
        (["CD07", "CD08"], FORCED_THERE, False),
        (["CD07", "CD08", "CD09"], FORCED_THERE, True),
        (["CD07", "CD08", "CD15"], FORCED_THERE, True),
        (["CD07", "CD15"], FORCED_THERE, False),
        (["RV15", "RV16"], WEAK_IN, False),
        (["RV01", "RV15", "RV16"], WEAK_IN, False),
        (["RV01", "RV02", "RV16"], WEAK_IN, True),
        (["VD06", "VD07"], WEAK_THERE, False),
        (["EX01"], EXPLOITED, False),
        (["EX01", "EX09"], EXPLOITED, True),
        (["DR01", "DR10"], DECEIVED, True),
        (["CR01", "CR03"], FORCED_IN, True),
    ],
)
def test_the_rule_holds_on_the_list_itself(answered: list[str], dimension: Dimension, positive: bool) -> None:
    found = assess(answered)
    assert found.positive[dimension] is positive
    assert not any(value for name, value in found.positive.items() if name != dimension)


def test_indicators_of_different_dimensions_never_add_up() -> None:
    assert not any(assess(["DR01", "CR01", "EX01", "CD01"]).positive.values())


def test_the_same_fact_weighs_more_at_the_destination() -> None:
    assert not assess(["CR03", "CR04"]).positive[FORCED_IN]
    assert assess(["CD01", "CD02"]).positive[FORCED_THERE]


def test_the_same_code_twice_counts_once() -> None:
    found = assess(["CD01", "CD01", "CD01"])
    assert found.counts[FORCED_THERE] == Counts(strong=1)
    assert not found.positive[FORCED_THERE]


def test_counts_are_per_dimension_and_weight() -> None:
    found = assess(["DR01", "DR02", "DR03", "DR10", "EX01"])
    assert found.counts[DECEIVED] == Counts(strong=1, medium=2, weak=1)
    assert found.counts[EXPLOITED] == (1, 0, 0)
    assert found.counts[FORCED_IN] == (0, 0, 0)


def test_codes_that_are_not_on_the_list_are_refused_by_name() -> None:
    with pytest.raises(UnknownIndicator, match="DR11, dr01") as refused:
        assess(["EX01", "dr01", "DR11"])
    assert refused.value.codes == ("DR11", "dr01")
    assert isinstance(refused.value, ValueError)


@pytest.mark.parametrize(
    ("dimensions", "result"),
    [
        ((), Result.NOT_A_VICTIM),
        ((DECEIVED,), Result.NOT_A_VICTIM),
        ((EXPLOITED,), Result.EXPLOITED_MIGRANT),
        ((DECEIVED, EXPLOITED), Result.DECEPTION_AND_EXPLOITATION),
        ((DECEIVED, FORCED_IN, EXPLOITED), Result.DECEPTION_AND_EXPLOITATION),
        ((DECEIVED, EXPLOITED, FORCED_THERE), Result.TRAFFICKING),
        ((FORCED_IN, EXPLOITED, FORCED_THERE), Result.TRAFFICKING),
        ((DECEIVED, FORCED_IN, EXPLOITED, FORCED_THERE), Result.TRAFFICKING),
        ((EXPLOITED, FORCED_THERE), Result.FORCED_LABOUR),
        ((FORCED_IN, EXPLOITED), Result.COERCION),
        ((FORCED_IN,), Result.COERCION),
        ((FORCED_THERE,), Result.COERCION),
        ((DECEIVED, FORCED_THERE), Result.COERCION),
    ],
)
def test_the_table_of_results_for_an_adult(dimensions: tuple[Dimension, ...], result: Result) -> None:
    found = of(*dimensions)
    assert found.result is result
    assert found.result_with_vulnerability is result
    # Abuse of vulnerability never changes the strict result.
    assert of(*dimensions, WEAK_IN, WEAK_THERE).result is result


@pytest.mark.parametrize(
    ("dimensions", "strict", "with_vulnerability"),
    [
        ((WEAK_IN,), Result.NOT_A_VICTIM, Result.NOT_A_VICTIM),
        ((WEAK_IN, WEAK_THERE), Result.NOT_A_VICTIM, Result.NOT_A_VICTIM),
        ((WEAK_IN, EXPLOITED), Result.EXPLOITED_MIGRANT, Result.DECEPTION_AND_EXPLOITATION),
        ((WEAK_IN, EXPLOITED, FORCED_THERE), Result.FORCED_LABOUR, Result.TRAFFICKING),
        ((EXPLOITED, WEAK_THERE), Result.EXPLOITED_MIGRANT, Result.FORCED_LABOUR),
        ((WEAK_IN, EXPLOITED, WEAK_THERE), Result.EXPLOITED_MIGRANT, Result.TRAFFICKING),
        ((DECEIVED, EXPLOITED, WEAK_THERE), Result.DECEPTION_AND_EXPLOITATION, Result.TRAFFICKING),
        ((FORCED_IN, EXPLOITED, WEAK_THERE), Result.COERCION, Result.TRAFFICKING),
    ],
)
def test_vulnerability_stands_for_the_means_of_its_phase(
    dimensions: tuple[Dimension, ...], strict: Result, with_vulnerability: Result
) -> None:
    found = of(*dimensions)
    assert (found.result, found.result_with_vulnerability) == (strict, with_vulnerability)


def test_every_combination_of_dimensions_has_a_result_and_vulnerability_never_lowers_it() -> None:
    for chosen in product((False, True), repeat=6):
        found = of(*(d for d, taken in zip(Dimension, chosen, strict=True) if taken))
        assert list(found.positive.values()) == list(chosen)
        assert found.result_with_vulnerability.severity >= found.result.severity


@pytest.mark.parametrize(
    ("dimensions", "refer"),
    [
        ((EXPLOITED,), False),
        ((DECEIVED, EXPLOITED), False),
        ((EXPLOITED, FORCED_THERE), True),
        ((FORCED_THERE,), True),
        ((FORCED_IN, EXPLOITED), True),
        ((FORCED_IN, DECEIVED, EXPLOITED), True),
        ((WEAK_IN, EXPLOITED, WEAK_THERE), True),
        ((WEAK_THERE, EXPLOITED), True),
        ((WEAK_IN, WEAK_THERE), False),
    ],
)
def test_coercion_and_trafficking_are_always_referred(dimensions: tuple[Dimension, ...], refer: bool) -> None:
    assert of(*dimensions).always_refer is refer


def test_for_a_child_exploitation_suffices() -> None:
    found = of(EXPLOITED, child=True)
    assert found.child
    assert found.result is found.result_with_vulnerability is Result.TRAFFICKING
    assert found.always_refer


def test_for_a_child_without_exploitation_the_means_alone_are_no_trafficking() -> None:
    assert of(DECEIVED, WEAK_IN, child=True).result is Result.NOT_A_VICTIM
    assert of(FORCED_THERE, child=True).result is Result.COERCION


def test_the_weights_for_children_are_never_used_for_an_adult() -> None:
    # Two strong for a child, two medium for an adult.
    assert assess(["CD05", "CD06"], child=True).positive[FORCED_THERE]
    assert not assess(["CD05", "CD06"]).positive[FORCED_THERE]
    # Medium for a child, weak for an adult.
    assert assess(["VD01", "VD06", "VD07"], child=True).positive[WEAK_THERE]
    assert not assess(["VD01", "VD06", "VD07"]).positive[WEAK_THERE]


def test_the_weights_for_adults_are_never_used_for_a_child() -> None:
    assert assess(["EX01", "EX06"]).positive[EXPLOITED]
    found = assess(["EX01", "EX06", "RV09"], child=True)
    assert not found.positive[EXPLOITED]
    assert found.not_counted == {"EX06", "RV09"}
    assert assess(["EX06", "RV09"]).not_counted == frozenset()


def test_an_assessment_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        assess([]).positive["exploitation"] = True  # type: ignore[index]


def test_not_known_is_not_no() -> None:
    worst, best = bounds(["EX01", "CD01"], ["EX02", "CD02", "DR01", "DR02"])
    assert worst.result is Result.TRAFFICKING
    assert best.result is Result.NOT_A_VICTIM


def test_without_unknown_answers_both_bounds_are_the_assessment() -> None:
    assert bounds(PAIRS[EXPLOITED], [], child=True) == (of(EXPLOITED, child=True), of(EXPLOITED, child=True))


def test_a_code_cannot_be_answered_and_not_known() -> None:
    with pytest.raises(ValueError, match="EX01"):
        bounds(["EX01"], ["EX01"])


def test_bounds_refuse_codes_that_are_not_on_the_list() -> None:
    with pytest.raises(UnknownIndicator, match="ZZ01"):
        bounds([], ["ZZ01"])


@given(codes, st.sampled_from(sorted(INDICATORS)), st.booleans())
def test_one_more_yes_never_weakens_an_assessment(answered: frozenset[str], code: str, child: bool) -> None:
    before, after = assess(answered, child=child), assess(answered | {code}, child=child)
    assert all(after.positive[name] for name, value in before.positive.items() if value)
    assert after.result.severity >= before.result.severity
    assert after.result_with_vulnerability.severity >= before.result_with_vulnerability.severity
    assert after.always_refer >= before.always_refer


@given(codes, codes, st.data())
def test_the_truth_lies_between_the_bounds(
    yes: frozenset[str], open_: frozenset[str], data: st.DataObject
) -> None:
    open_ -= yes
    truth = yes | data.draw(st.frozensets(st.sampled_from(sorted(open_)))) if open_ else yes
    worst, best = bounds(yes, open_)
    assert best.result.severity <= assess(truth).result.severity <= worst.result.severity


@given(codes, st.booleans())
def test_the_counts_add_up_to_the_answers(answered: frozenset[str], child: bool) -> None:
    found = assess(answered, child=child)
    assert sum(sum(counts) for counts in found.counts.values()) + len(found.not_counted) == len(answered)
    assert found == assess(sorted(answered, reverse=True), child=child)
