"""Findings and explanations of the first release stay exactly the same.

first_release.json.xz was written by the code of the first release: 360 facts rows (values around the thresholds,
from nothing unknown to nearly everything unknown), the answers of R2026.1, and every sentence in three languages.
It is history and never written again.
"""

import json
import lzma
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from alerts.evidence import Level
from alerts.models import Facts, Finding, Ruleset
from alerts.rules import engine, explanations, typologies
from alerts.rules.content import Content, digest, read
from tests.factories.facts import some_facts
from wpis.languages.reader import translated

pytestmark = pytest.mark.django_db

FILE = Path(__file__).with_name("first_release.json.xz")
CODES = "contract_terms_missing_names"


@cache
def history() -> Any:
    return json.loads(lzma.decompress(FILE.read_bytes()))


@pytest.fixture
def ruleset() -> Content:
    """R2026.1 as it is stored, whatever else is live."""
    return read(Ruleset.objects.get(version="R2026.1").content)


def rows() -> Iterator[tuple[Any, Facts]]:
    for entry in history()["rows"]:
        given = {
            name: Decimal(value) if isinstance(value, str) and name != CODES else value
            for name, value in entry["facts"].items()
        }
        row = some_facts(builder_version=1, **given)
        row.refresh_from_db()
        yield entry, row


def test_every_row_gets_the_same_answer_the_same_sentences_and_the_same_alert(ruleset: Content) -> None:
    stored = list(rows())
    assert len(stored) == 360
    answers = engine.evaluate(ruleset, [row.pk for _, row in stored])
    for entry, row in stored:
        answer = answers[row.pk]
        assert (list(answer.hits), list(answer.unknowns)) == (entry["hits"], entry["unknowns"])
        outcomes = {**dict.fromkeys(answer.hits, "hit"), **dict.fromkeys(answer.unknowns, "unknown")}
        findings = [
            Finding(indicator=id, outcome=outcome, values=explanations.values(ruleset.rules[id], row))
            for id, outcome in outcomes.items()
        ]
        for language, sentences in entry["sentences"].items():
            with translation.override(language):
                assert {
                    finding.indicator: explanations.sentence(finding, ruleset) for finding in findings
                } == sentences
        raised = typologies.raised_by(answer.hits, ruleset.typologies)
        assert entry["raised"] == (
            raised
            and {"typologies": [*raised.typologies], "level": raised.level.value, "child": raised.child}
        )


@pytest.mark.parametrize("language", ["en", "hy", "ru"])
def test_titles_and_names_are_those_of_the_first_release(ruleset: Content, language: str) -> None:
    words = history()["words"][language]
    with translation.override(language):
        assert {id: translated(rule.title) for id, rule in ruleset.rules.items()} == words["titles"]
        assert {id: translated(rule.false_positives) for id, rule in ruleset.rules.items()} == words[
            "false_positives"
        ]
        assert {id: each.label for id, each in ruleset.typologies.items()} == words["typologies"]
        assert {name: translated(fact.label) for name, fact in ruleset.facts.items()} == words["facts"]


def test_grades_items_and_terms_are_those_of_the_first_release(ruleset: Content) -> None:
    assert {
        id: [list(rule.supports), rule.evidence.value, rule.group.value, rule.version]
        for id, rule in ruleset.rules.items()
    } == history()["supports"]
    at = datetime.fromisoformat(history()["at"])
    assert {level.value: ruleset.terms[level].end(at) for level in Level} == {
        level: datetime.fromisoformat(end) for level, end in history()["due"].items()
    }


def test_the_stored_content_is_the_one_that_the_migration_wrote() -> None:
    ruleset = Ruleset.objects.get(version="R2026.1")
    assert ruleset.digest == "13e7ebd3282ac5d8fae945797567162392ca850f645c49eb9751fb80e690cbad"
    assert digest(ruleset.content) == ruleset.digest
