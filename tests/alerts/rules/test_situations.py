"""The situations that lawyers can read: given these facts, an indicator says hit, clear or unknown."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from alerts.models.facts import names
from alerts.rules import engine
from alerts.rules.catalogue import catalogue
from tests.factories.facts import some_facts
from tests.factories.rulesets import live

FOLDER = Path(__file__).parents[2] / "situations"
FILES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))
}
ALL = [(id, situation) for id, file in FILES.items() for situation in file["situations"]]


@pytest.mark.django_db
@pytest.mark.parametrize(("id", "situation"), ALL, ids=[f"{id}: {s['name']}" for id, s in ALL])
def test_the_situation_holds(id: str, situation: dict[str, Any]) -> None:
    row = some_facts(**situation["given"])
    answer = engine.evaluate(live(), [row.pk])[row.pk]
    outcomes = {"hit": answer.hits, "unknown": answer.unknowns, "clear": answer.clears}
    assert [name for name, ids in outcomes.items() if id in ids] == [situation["expect"]]


@pytest.mark.parametrize("id", catalogue())
def test_every_indicator_has_situations_for_all_three_outcomes(id: str) -> None:
    assert {situation["expect"] for situation in FILES[id]["situations"]} == {"hit", "clear", "unknown"}


def test_no_situation_file_is_orphaned() -> None:
    assert FILES.keys() == catalogue().keys()
    assert all(file["indicator"] == id for id, file in FILES.items())


@pytest.mark.parametrize(("id", "situation"), ALL, ids=[f"{id}: {s['name']}" for id, s in ALL])
def test_a_situation_gives_only_facts_that_matter_to_its_indicator(
    id: str, situation: dict[str, Any]
) -> None:
    indicator = catalogue()[id]
    assert set(situation["given"]) <= indicator.needs | set(indicator.shows)
    assert set(situation["given"]) <= set(names())
