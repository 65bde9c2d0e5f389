"""Every action is called the same way: who acts is `by`, when is `at`, both by keyword, what was read is mandatory."""

import inspect
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from permits import actions, letters
from permits.checks import actions as checks
from permits.checks import opinions
from wpis.accounts.models import User

HANDLERS = {"check_document", "prepare"}
"""Called by the worker with (job, at), as every handler of a background job is."""


def found() -> list[Callable[..., Any]]:
    modules = [
        import_module(f"{actions.__name__}.{module.name}") for module in iter_modules(actions.__path__)
    ]
    return [
        function
        for module in (*modules, checks, opinions, letters)
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__
        if not name.startswith("_") and name not in HANDLERS
    ]


def breaches(function: Callable[..., Any]) -> list[str]:
    """What is unlike the other actions in the signature of one."""
    parameters = inspect.signature(function, eval_str=True).parameters
    told = []
    for name, kind in (("by", User), ("at", datetime)):
        if name in parameters:
            one = parameters[name]
            if one.kind is not one.KEYWORD_ONLY or one.default is not one.empty or one.annotation is not kind:
                told.append(f"{name}: not a mandatory keyword of type {kind.__name__}")
    for name, one in parameters.items():
        if name.startswith("expected_") and (
            one.kind is not one.KEYWORD_ONLY or one.default is not one.empty
        ):
            told.append(f"{name}: not a mandatory keyword")
        if name == "read":
            told.append("say what is expected: expected_...")
    return told


def test_there_are_actions_to_look_at() -> None:
    names = {function.__name__ for function in found()}
    assert {"submit", "confirm", "take_over", "override", "record_opinion", "queue", "issue"} <= names


@pytest.mark.parametrize(
    "function", found(), ids=lambda function: f"{function.__module__}.{function.__name__}"
)
def test_an_action_is_called_like_every_other(function: Callable[..., Any]) -> None:
    assert breaches(function) == []


def test_an_action_that_is_unlike_the_others_is_noticed() -> None:
    def confirm(application: object, by: User, *, at: datetime | None = None, read: str = "") -> None: ...

    def take_over(
        application: object, *, expected_steps: int | None = None, by: User, at: datetime
    ) -> None: ...

    assert len(breaches(confirm)) == 3
    assert breaches(take_over) == ["expected_steps: not a mandatory keyword"]
