"""Which findings raise an alert, and how soon somebody must look."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts.evidence import Evidence, Level
from alerts.rules import typologies
from alerts.rules.indicators import catalogue
from alerts.rules.typologies import InvalidTypologies, raised_by
from alerts.triage.labels import TITLES


@pytest.mark.parametrize("id", catalogue())
def test_a_single_weak_sign_raises_nothing(id: str) -> None:
    raised = raised_by([id])
    assert (raised is not None) == (id in {"A06", "A14"})


def test_a_debt_is_serious_and_a_child_is_urgent() -> None:
    assert raised_by(["A06"]).level == Level.SERIOUS
    both = raised_by(["A06", "A14"])
    assert (both.level, both.child, both.typologies) == (Level.URGENT, True, ("child", "debt_bondage"))


def test_low_pay_alone_is_a_labour_matter_and_low_pay_with_long_hours_is_not() -> None:
    assert raised_by(["A01"]) is None
    assert raised_by(["A01", "A04"]).typologies == ("wage_exploitation",)


def test_two_signs_with_one_cause_raise_nothing() -> None:
    assert raised_by(["A10", "C02"]) is None  # one telephone explains both
    assert raised_by(["A09", "C01"]) is None  # one crowded house explains both


def test_every_indicator_can_matter() -> None:
    used = {id for typology in typologies.typologies().values() for needed in typology.when for id in needed}
    assert used == set(catalogue())


def test_no_typology_rests_on_signs_of_one_group() -> None:
    for typology in typologies.typologies().values():
        for needed in typology.when:
            found = [catalogue()[id] for id in needed]
            if all(indicator.evidence == Evidence.PROXY for indicator in found):
                assert len({indicator.group for indicator in found}) >= 2, (typology.id, needed)


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("[[C01, A09]]", "signs of one group"),
        ("[[C02]]", "signs of one group"),
        ("[[Z99]]", "no indicator"),
        ("[[]]", "empty line"),
    ],
)
def test_a_file_that_would_flood_the_desk_is_refused(tmp_path: Path, when: str, says: str) -> None:
    file = tmp_path / "typologies.yaml"
    file.write_text(f"typologies: {{bad: {{title: Bad, level: serious, when: {when}, source: none}}}}")
    with pytest.raises(InvalidTypologies, match=says):
        typologies.read(file)


def test_every_title_is_marked_for_translation() -> None:
    assert [typology.title for typology in typologies.typologies().values()] == list(TITLES)
    assert all(typology.source for typology in typologies.typologies().values())


FRIDAY = datetime(2026, 6, 12, 14, 0, tzinfo=UTC)  # 18:00 in Yerevan


@pytest.mark.parametrize(
    ("level", "until"),
    [
        (Level.URGENT, datetime(2026, 6, 13, 14, 0, tzinfo=UTC)),
        (Level.SERIOUS, datetime(2026, 6, 17, 14, 0, tzinfo=UTC)),  # three working days: Mon, Tue, Wed
        (Level.ATTENTION, datetime(2026, 6, 26, 14, 0, tzinfo=UTC)),
    ],
)
def test_urgent_runs_in_hours_and_the_rest_in_working_days(level: Level, until: datetime) -> None:
    assert typologies.due(level, FRIDAY) == until
