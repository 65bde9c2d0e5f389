"""Stored rulesets: never changed, proposed by one person, made from the catalogue or from an earlier release."""

import json
from collections.abc import Callable
from importlib import import_module
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alerts.models import Ruleset, RulesetStatus
from alerts.rules import proposals, rulesets, starting
from alerts.rules.content import UnreadableRuleset, digest, read
from tests.factories.permits import a_user
from tests.factories.records import AT
from tests.factories.rulesets import document, live, publish, rule_of
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("column", ["content", "digest", "version", "name"])
def test_what_a_ruleset_says_is_never_changed(column: str) -> None:
    value: Any = {} if column == "content" else "x"
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Ruleset.objects.update(**{column: value})


def test_the_one_who_proposes_cannot_approve() -> None:
    one = a_user(Role.ANALYST)
    with pytest.raises(IntegrityError, match="ruleset_four_eyes"), transaction.atomic():
        publish(document(), status=RulesetStatus.PROPOSED, proposed_by=one, approved_by=one)


def test_a_proposed_ruleset_runs_nowhere() -> None:
    proposed = proposals.propose(document(), name="Next", version="R2026.2", by=a_user(Role.ANALYST), at=AT)
    assert proposed.status == RulesetStatus.PROPOSED
    assert rulesets.current().version == "R2026.1"
    assert proposed not in rulesets.published()
    assert AuditEvent.objects.get(action="alerts.ruleset.proposed").subject == proposed.pk


def test_a_ruleset_that_cannot_be_read_cannot_be_proposed() -> None:
    with pytest.raises(UnreadableRuleset):
        proposals.propose({}, name="Next", version="R2026.2", by=None, at=AT)


def test_a_ruleset_is_fetched_and_read_once_in_a_process(django_assert_num_queries: Any) -> None:
    live()
    with django_assert_num_queries(1), CaptureQueriesContext(connection) as queries:
        rulesets.content(rulesets.current())
    assert '"content"' not in queries[0]["sql"]


def test_the_digest_follows_the_content_and_not_how_it_was_written() -> None:
    whole = document()
    assert digest(whole) == digest(json.loads(json.dumps(whole, indent=3)))
    assert digest(whole) == digest(dict(reversed(whole.items())))
    assert digest(whole) != digest(document(lambda d: d["rules"][0].update(version=2)))


def exported(*arguments: str) -> str:
    said = StringIO()
    call_command("export_ruleset", *arguments, stdout=said)
    return said.getvalue()


def test_the_catalogue_is_proposed_once_as_the_next_ruleset() -> None:
    assert "R2026.1 says the same already (live)" in exported()
    changed = document(lambda d: rule_of(d, "A01")["thresholds"].update(tolerance=1.2))
    with patch.object(starting, "document", lambda: changed):
        assert "proposed R" in exported()
        assert "says the same already (proposed)" in exported()
    ruleset = Ruleset.objects.get(status=RulesetStatus.PROPOSED)
    assert read(ruleset.content).rules["A01"].thresholds == {"tolerance": 1.2}
    assert rulesets.current().version == "R2026.1"


def test_the_catalogue_can_be_printed() -> None:
    assert json.loads(exported("--print")) == document()


def test_versions_count_on_from_the_newest_of_the_year() -> None:
    assert proposals.next_version(at=AT) == "R2026.2"
    publish(document(), version="R2026.7-trial", status=RulesetStatus.SHADOW)
    publish(document(), version="R2026.12", status=RulesetStatus.RETIRED)
    assert proposals.next_version(at=AT) == "R2026.13"
    assert proposals.next_version(at=AT.replace(year=2027)) == "R2027.1"


@pytest.fixture
def chosen() -> Callable[[Any], Any]:
    migration = import_module("alerts.migrations.0003_rulesets_are_data")
    content = json.loads(migration.CONTENT.read_text(encoding="utf-8"))
    found: Callable[[Any], Any] = lambda indicators: migration.chosen(content, indicators)  # noqa: E731
    return found


ALL = import_module("alerts.migrations.0002_first_ruleset").INDICATORS


def test_the_first_ruleset_gets_the_whole_content(chosen: Any) -> None:
    assert chosen(ALL) == document()


def test_another_stored_ruleset_keeps_its_own_numbers(chosen: Any) -> None:
    content = read(chosen({**ALL, "A09": {"version": 1, "thresholds": {"persons": 3}}}))
    assert content.rules["A09"].thresholds == {"persons": 3}
    assert content.rules["A01"] == live().rules["A01"]


def test_a_stored_ruleset_of_fewer_indicators_keeps_the_typologies_that_it_could_meet(chosen: Any) -> None:
    content = read(chosen({name: ALL[name] for name in ("A01", "A06", "C01")}))
    assert list(content.rules) == ["A01", "A06", "C01"]
    assert list(content.typologies) == ["debt_bondage", "overcrowded_network"]
    assert content.typologies["overcrowded_network"].when == (frozenset({"C01", "A01"}),)


@pytest.mark.parametrize(
    "choice",
    [
        {"A01": {"version": 2, "thresholds": {"tolerance": 1}}},
        {"Z99": {"version": 1, "thresholds": {}}},
        {"A01": {"version": 1, "thresholds": {}}},
    ],
)
def test_a_stored_ruleset_that_the_first_release_could_not_run_stays_unreadable(
    chosen: Any, choice: Any
) -> None:
    with pytest.raises(UnreadableRuleset):
        read(chosen(choice))
