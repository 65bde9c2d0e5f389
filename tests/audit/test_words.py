"""Every audit action that the code can record, or ever recorded, has words; and no words stand there for nothing."""

import ast
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from tests.factories.permits import a_user
from tests.referral.pages import text, url
from wpis.accounts.roles import Role
from wpis.audit import trail
from wpis.audit_log.words import words
from wpis.installed_apps import own_modules
from wpis.workflow import Workflow

ROOT: Path = settings.BASE_DIR
OF_A_STEP = "f'{self.name}.{step}'"
"""How `wpis/workflow.py` names the action of a step; nowhere else may a name be put together."""


WRITERS = {"trail.record", "trail.record_list", "trail.record_each"}


def calls(source: str) -> Iterator[str]:
    """The names given to the trail; one that is no literal as it is written, with a question mark."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in WRITERS:
            name = node.args[0] if node.args else node
            yield str(name.value) if isinstance(name, ast.Constant) else f"?{ast.unparse(name)}"


def sources() -> Iterator[tuple[str, str]]:
    """Every program of the product: its place and its text."""
    for app in ("wpis", "permits", "alerts", "referral"):
        for path in sorted((ROOT / app).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def steps() -> set[str]:
    """The actions of every step of every workflow."""
    return {
        f"{flow.name}.{step}"
        for module in own_modules("workflow")
        for flow in vars(module).values()
        if isinstance(flow, Workflow)
        for step in flow.transitions
    }


def recorded() -> set[str]:
    """Every action that this release can write."""
    return {name for _place, source in sources() for name in calls(source) if name[0] != "?"} | steps()


def released() -> set[str]:
    """Every action that stands in the database of an earlier release."""
    found: set[str] = set()
    for file in sorted((ROOT / "tests" / "upgrade" / "releases").glob("*/expected.json")):
        found |= json.loads(file.read_text(encoding="utf-8"))["audit"].keys()
    return found


def test_the_names_are_found():
    assert len(released()) >= 75
    assert {
        "permits.file.read",
        "permits.application.take_over",
        "referral.disclosure.withdraw",
    } <= recorded()
    assert list(calls('trail.record("a.b.c", by=by)\ntrail.record(f"a.{b}", by=None)')) == [
        "a.b.c",
        "?f'a.{b}'",
    ]


def test_a_name_is_a_literal_or_the_name_of_a_step():
    built = {(place, name) for place, source in sources() for name in calls(source) if name[0] == "?"}
    assert built == {("wpis/workflow.py", f"?{OF_A_STEP}")}


def test_the_trail_is_written_in_one_way_only():
    """`trail.record` under another name, or a row made without it, would escape the search above."""
    escaping = [
        place
        for place, source in sources()
        if "/migrations/" not in place
        and (
            "audit.trail import" in source or "AuditEvent(" in source or "AuditEvent.objects.create" in source
        )
    ]
    assert escaping == [
        "wpis/audit/models.py",
        "wpis/audit/trail.py",
    ]  # where the model stands, and the one way


def test_every_action_of_this_and_earlier_releases_has_words():
    assert sorted((recorded() | released()) - words().keys()) == []


def test_no_words_stand_there_for_an_action_that_nothing_records_or_recorded():
    assert sorted(words().keys() - recorded() - released()) == []


def test_each_app_has_words_for_its_own_actions_only():
    tables = {module.__name__: module.ACTIONS for module in own_modules("audit_actions")}
    for module, table in tables.items():
        part = module.removesuffix(".audit_actions").rpartition(".")[2]
        own = ("audit.", "crypto.", "retention.", "wpis.") if part == "wpis" else (f"{part}.",)
        assert [action for action in table if not action.startswith(own)] == []
    twice = Counter(action for table in tables.values() for action in table)
    assert [action for action, times in twice.items() if times > 1] == []


@pytest.mark.parametrize("language", ["hy", "ru"])
def test_the_words_are_translated(language):
    said = {action: str(told) for action, told in words().items()}
    with override(language):
        assert [action for action, told in words().items() if str(told) == said[action]] == []


@pytest.mark.django_db
def test_the_log_says_what_was_done_and_keeps_the_name_to_search_by(protection):
    auditor = a_user(Role.AUDITOR)
    trail.record("permits.file.read", by=auditor)
    trail.record("permits.file.of_a_later_release", by=auditor)
    desk = protection.sign_in(auditor)
    page = text(desk.get(url("audit_log"), {"action": "permits.file"}))
    assert "File opened" in page
    assert "permits.file.read" in page
    assert "permits.file.of_a_later_release" in page
    assert "Encrypted values moved" not in page
