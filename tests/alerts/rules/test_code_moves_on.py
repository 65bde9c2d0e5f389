"""A published ruleset runs and explains as before, however the code changes."""

import ast
import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import translation

import alerts
from alerts import handover
from alerts.models import Alert, Finding
from alerts.rules import catalogue, engine, explanations, rulesets, starting
from alerts.rules.content import read
from alerts.triage import actions
from tests.factories.facts import some_facts
from tests.factories.permits import a_user
from tests.factories.records import a_record
from tests.factories.rulesets import document, publish, rule_of
from tests.factories.screening import BLIND, DEBT, LATER, an_alert, screen
from wpis.accounts.roles import Role

pytestmark = pytest.mark.django_db


WHY = "The worker pays more than two months for the job."


@contextmanager
def another_release() -> Iterator[None]:
    """Code that no longer has one indicator, raised the version of another, and has no typologies."""
    rest = {id: one for id, one in catalogue.catalogue().items() if id != "A06"}
    raised = {**rest, "A03": replace(rest["A03"], version=9)}
    with (
        patch.object(catalogue, "catalogue", lambda: raised),
        patch.object(starting, "catalogue", lambda: raised),
        patch.object(starting, "typologies", lambda: {"levels": {}, "typologies": {}}),
    ):
        yield


def test_screening_goes_on_with_what_is_published() -> None:
    with another_release():
        (row,) = screen([a_record(**DEBT)])
    assert row.state == "screened"
    assert list(row.findings.values_list("indicator", "version")) == [("A06", 1)]
    assert Alert.objects.get().typologies == ["debt_bondage"]


def test_pages_and_the_door_tell_an_old_alert_in_its_own_words(protection: Any) -> None:
    analyst = a_user(Role.ANALYST)
    alert = an_alert(**DEBT)
    with another_release():
        desk = protection.sign_in(analyst)
        page = desk.get(f"/alerts/{alert.pk}/").content.decode().replace("\u00a0", " ")
        assert "Fee paid by the worker: 650 000 drams" in page
        assert "Fee, advance or exit penalty on the worker" in page
        assert "A debt may tie the worker to the job" in page
        assert "A debt may tie the worker to the job" in desk.get("/alerts/").content.decode()
        assert alert.reference in desk.get("/alerts/?pattern=debt_bondage").content.decode()
        actions.confirm(actions.take(alert, by=analyst, at=LATER), by=analyst, at=LATER, reason=WHY)
        assert handover.confirmed()[0].typologies == ("A debt may tie the worker to the job",)


def test_only_the_starting_ruleset_asks_the_catalogue_and_only_its_export_asks_that() -> None:
    """Screening, explanations, the desk and the door read what is published."""
    root = Path(alerts.__path__[0])
    asking: dict[str, set[str]] = {"catalogue": set(), "starting": set()}
    for file in root.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom | ast.Import):
                for name in {alias.name.rpartition(".")[2] for alias in node.names} & asking.keys():
                    asking[name].add(str(file.relative_to(root)))
    assert asking == {
        "catalogue": {"rules/starting.py"},
        "starting": {"generated_docs.py", "management/commands/export_ruleset.py"},
    }


def test_two_rulesets_explain_the_same_rule_each_in_its_own_words() -> None:
    def harsher(document: dict[str, Any]) -> None:
        rule = rule_of(document, "A03")
        rule["version"], rule["thresholds"]["terms"] = 2, 2
        rule["title"]["en"], rule["sentence"]["hy"] = (
            "Half a contract",
            "Չկա՝ {contract_terms_missing_names}։",
        )
        next(one for one in document["typologies"] if one["id"] == "blind_contract")["title"]["en"] = "Blind"

    old = an_alert(**BLIND)
    publish(document(harsher))
    new = an_alert(**BLIND)
    told = {}
    for alert in (old, new):
        content = rulesets.readable(alert.screening.ruleset)
        assert content
        finding = Finding.objects.get(screening=alert.screening, indicator="A03")
        told[alert.pk] = (
            finding.version,
            explanations.explain(finding, content).title,
            rulesets.titles(["blind_contract"], content)[0],
        )
        with translation.override("hy"):
            assert explanations.sentence(finding, content).startswith("Չկա") == (alert == new)
    assert told[old.pk][0] == 1
    assert told[old.pk][1].startswith("The written contract leaves out")
    assert told[old.pk][2] == "The worker may not know what was signed"
    assert told[new.pk] == (2, "Half a contract", "Blind")


def test_a_composed_rule_runs_without_any_code() -> None:
    def compose(document: dict[str, Any]) -> None:
        rule = copy.deepcopy(rule_of(document, "C02"))
        rule |= {
            "id": "X01",
            "when": {
                "and": [
                    {">": [{"var": "phone_workers"}, {"+": [{"var": "address_capacity"}, {"var": "threshold.more"}]}]},
                    {"==": [{"var": "contact_is_own"}, False]},
                ]
            },
            "thresholds": {"more": 1},
            "shows": ["phone_workers", "address_capacity", "contact_is_own"],
            "sentence": dict.fromkeys(
                ("en", "hy", "ru"), "{phone_workers} against {address_capacity}, {contact_is_own}"
            ),
            "evidence": "E2",
        }  # fmt: skip
        document["rules"].append(rule)

    content = read(document(compose))
    hit = some_facts(phone_workers=9, address_capacity=7, contact_is_own=False)
    rows = [hit, some_facts(phone_workers=8, address_capacity=7, contact_is_own=False), some_facts()]
    answers = engine.evaluate(content, [row.pk for row in rows])
    assert ["X01" in answers[row.pk].hits for row in rows] == [True, False, False]
    assert "X01" in answers[rows[2].pk].unknowns
    finding = Finding(indicator="X01", outcome="hit", values=explanations.values(content.rules["X01"], hit))
    assert explanations.sentence(finding, content) == "9 against 7, no"
