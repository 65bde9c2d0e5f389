"""Which findings raise an alert, and how soon somebody must look."""

from collections.abc import Collection
from datetime import UTC, datetime

import pytest

from alerts.evidence import Evidence, Level
from alerts.rules import starting, typologies
from alerts.rules.catalogue import catalogue
from alerts.rules.content import Content, UnreadableRuleset, read
from alerts.rules.typologies import Raised
from alerts.triage.labels import TITLES
from tests.factories.rulesets import document, live

pytestmark = pytest.mark.django_db


def raised_by(hits: Collection[str]) -> Raised | None:
    return typologies.raised_by(hits, live().typologies)


@pytest.fixture
def ruleset() -> Content:
    return live()


@pytest.mark.parametrize("id", catalogue())
def test_a_single_weak_sign_raises_nothing(id: str) -> None:
    raised = raised_by([id])
    assert (raised is not None) == (id in {"A06", "A14"})


def test_a_debt_is_serious_and_a_child_is_urgent() -> None:
    debt, both = raised_by(["A06"]), raised_by(["A06", "A14"])
    assert debt
    assert debt.level == Level.SERIOUS
    assert both
    assert (both.level, both.child, both.typologies) == (Level.URGENT, True, ("child", "debt_bondage"))


def test_low_pay_alone_is_a_labour_matter_and_low_pay_with_long_hours_is_not() -> None:
    assert raised_by(["A01"]) is None
    long = raised_by(["A01", "A04"])
    assert long
    assert long.typologies == ("wage_exploitation",)


def test_two_signs_with_one_cause_raise_nothing() -> None:
    assert raised_by(["A10", "C02"]) is None  # one telephone explains both
    assert raised_by(["A09", "C01"]) is None  # one crowded house explains both


def test_every_indicator_can_matter(ruleset: Content) -> None:
    used = {id for typology in ruleset.typologies.values() for needed in typology.when for id in needed}
    assert used == set(catalogue())


def test_no_typology_rests_on_signs_of_one_group(ruleset: Content) -> None:
    for typology in ruleset.typologies.values():
        for needed in typology.when:
            found = [ruleset.rules[id] for id in needed]
            if all(rule.evidence == Evidence.PROXY for rule in found):
                assert len({rule.group for rule in found}) >= 2, (typology.id, needed)


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ([["C01", "A09"]], "signs of one group"),
        ([["C02"]], "signs of one group"),
        ([["Z99"]], "no rule"),
        ([[]], "empty line"),
        ([], "no line"),
    ],
)
def test_a_ruleset_that_would_flood_the_desk_is_refused(when: list[list[str]], says: str) -> None:
    changed = document()
    changed["typologies"][0]["when"] = when
    with pytest.raises(UnreadableRuleset, match=says):
        read(changed)


def test_every_title_is_marked_for_translation() -> None:
    written = starting.typologies()["typologies"]
    assert [typology["title"] for typology in written.values()] == list(TITLES)
    assert all(typology["source"] for typology in written.values())


FRIDAY = datetime(2026, 6, 12, 14, 0, tzinfo=UTC)  # 18:00 in Yerevan


@pytest.mark.parametrize(
    ("level", "until"),
    [
        (Level.URGENT, datetime(2026, 6, 13, 14, 0, tzinfo=UTC)),
        (Level.SERIOUS, datetime(2026, 6, 17, 14, 0, tzinfo=UTC)),  # three working days: Mon, Tue, Wed
        (Level.ATTENTION, datetime(2026, 6, 26, 14, 0, tzinfo=UTC)),
    ],
)
def test_urgent_runs_in_hours_and_the_rest_in_working_days(
    ruleset: Content, level: Level, until: datetime
) -> None:
    assert ruleset.terms[level].end(FRIDAY) == until
