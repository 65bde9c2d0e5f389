"""Wall: signatures. Who acts is `by`, when is `at`, both by keyword; what was read on the page is mandatory too."""

import inspect
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.walls.circles import product_files
from wpis.accounts.models import User

ROOT = Path(settings.BASE_DIR)

OTHERS = {
    "permits.checks.opinions",
    "permits.letters",
    "alerts.rules.proposals",
    "alerts.screening.retry",
    "alerts.handover",
    "referral.access.referrals",
    "referral.access.revealing",
}
"""Modules that write and are not called actions."""

HANDLERS = {"permits.checks.actions.check_document", "permits.letters.prepare"}
"""Called by the worker with (job, at), as every handler of a background job is."""

BY_THE_OPERATOR = {"alerts.rules.proposals.propose"}
"""Actions that a command of the operator takes as well, who has no account."""


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


def modules() -> list[str]:
    """The modules that write: those called `actions`, those in a folder of this name, and the others."""
    actions = {
        name_of(file)
        for file in product_files(ROOT)
        if file.name != "__init__.py" and "actions" in file.relative_to(ROOT).with_suffix("").parts
    }
    return sorted(actions | OTHERS)


def found() -> Iterator[Callable[..., Any]]:
    for module in map(import_module, modules()):
        for name, function in vars(module).items():
            own = inspect.isfunction(function) and function.__module__ == module.__name__
            if own and not name.startswith("_") and full_name(function) not in HANDLERS:
                yield function


def full_name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__name__}"


def breaches(function: Callable[..., Any]) -> list[str]:
    """What is unlike the other actions in the signature of one."""
    parameters = inspect.signature(function, eval_str=True).parameters
    actor = User | None if full_name(function) in BY_THE_OPERATOR else User
    told = []
    for name, kind in (("by", actor), ("at", datetime)):
        if name in parameters:
            one = parameters[name]
            if one.kind is not one.KEYWORD_ONLY or one.default is not one.empty or one.annotation != kind:
                told.append(f"{name}: not a mandatory keyword of type {kind}")
    for name, one in parameters.items():
        if name.startswith("expected_") and (
            one.kind is not one.KEYWORD_ONLY or one.default is not one.empty
        ):
            told.append(f"{name}: not a mandatory keyword")
        if name == "read":
            told.append("say what is expected: expected_...")
    return told


def test_there_are_actions_to_look_at() -> None:
    names = {full_name(function) for function in found()}
    assert names >= {
        "permits.actions.decisions.confirm",
        "permits.checks.actions.override",
        "permits.checks.opinions.record_opinion",
        "permits.letters.queue",
        "alerts.triage.actions.dismiss",
        "alerts.rules.proposals.propose",
        "alerts.screening.retry.retry",
        "alerts.handover.record_opened",
        "referral.api.tokens.actions.issue",
        "referral.cases.actions.open_case",
        "referral.access.revealing.reveal",
        "referral.consent.actions.withdraw",
        "referral.referrals.actions.send",
        "referral.access.referrals.read_referral",
        "wpis.documents.actions.store",
    }


@pytest.mark.parametrize("function", list(found()), ids=full_name)
def test_an_action_is_called_like_every_other(function: Callable[..., Any]) -> None:
    assert breaches(function) == []


def test_an_action_that_is_unlike_the_others_is_noticed() -> None:
    def confirm(application: object, by: User, *, at: datetime | None = None, read: str = "") -> None: ...

    def take_over(
        application: object, *, expected_steps: int | None = None, by: User, at: datetime
    ) -> None: ...

    assert len(breaches(confirm)) == 3
    assert breaches(take_over) == ["expected_steps: not a mandatory keyword"]
