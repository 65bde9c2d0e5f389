"""Wall: one word for one thing (docs/adr/0020): no name uses a word that was given up."""

from pathlib import Path

import pytest

from tests.walls.code.vocabulary import old_names

ROOT = Path(__file__).parents[3]
PACKAGES = ("wpis", "permits", "alerts", "referral", "bench")

ALLOWED = {
    "permits.officer.file.checks:check": "a Check of the one window",
    "referral.api.describe:accept_item": "operations of the interface are called by these names outside",
    "referral.api.describe:complete_item": "operations of the interface are called by these names outside",
    "referral.api.describe:decline_item": "operations of the interface are called by these names outside",
    "referral.api.describe:list_items": "operations of the interface are called by these names outside",
    "referral.api.describe:read_item": "operations of the interface are called by these names outside",
    "referral.api.serializers:Item": "a schema of the interface, which others have stored",
    "referral.api.serializers:ItemSummary": "a schema of the interface, which others have stored",
    "referral.development.simulation:item": "the name under which the memory of a simulated country is stored",
}
"""Name -> why it keeps the word."""


def test_no_name_uses_a_word_that_was_given_up() -> None:
    found = {
        name: instead
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
        for name, instead in old_names(path, ROOT)
    }
    assert {name: instead for name, instead in found.items() if name not in ALLOWED} == {}
    assert set(ALLOWED) <= set(found), "an exception that is no longer needed is taken out"


@pytest.mark.parametrize(
    ("module", "source", "name"),
    [
        ("permits/verify/views.py", "def check(request): ...", "permits.verify.views:check"),
        ("permits/actions/filing.py", "async def _hand_in(draft): ...", "permits.actions.filing:_hand_in"),
        ("referral/views.py", "class PartnerBody: ...", "referral.views:PartnerBody"),
        ("referral/views.py", "class Page:\n    organisation: str", "referral.views:organisation"),
        ("referral/mail.py", "ITEM_MAIL = 'item_mail'", "referral.mail:ITEM_MAIL"),
        ("wpis/errands.py", "", "wpis.errands:errands"),
        ("alerts/utils/__init__.py", "", "alerts.utils:utils"),
    ],
)
def test_an_old_word_is_found(tmp_path: Path, module: str, source: str, name: str) -> None:
    path = tmp_path / module
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
    assert [found for found, _instead in old_names(path, tmp_path)] == [name]


@pytest.mark.parametrize(
    "source",
    [
        "def request_checks(): ...",
        "def check_letter(): ...",
        "class FeedItem: ...",
        "def f():\n    body = 1",
        "class Common: ...",
    ],
)
def test_other_names_are_left_alone(tmp_path: Path, source: str) -> None:
    path = tmp_path / "permits" / "somewhere.py"
    path.parent.mkdir()
    path.write_text(source, encoding="utf-8")
    assert list(old_names(path, tmp_path)) == []
