"""Wall: signatures. Who acts is `by`, when is `at`, both by keyword; what was read on the page is mandatory too."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.walls.code.circles import product_files
from wpis.accounts.models import User

ROOT = Path(settings.BASE_DIR)

OTHERS = {
    "permits.checks.opinions",
    "permits.checks.overrides",
    "permits.letters",
    "alerts.rules.proposals",
    "alerts.screening.retry",
    "alerts.handover",
    "referral.access.referrals",
    "referral.access.revealing",
    "wpis.staff.requests",
}
"""Modules that write and are not called actions."""

HANDLERS = {
    "permits.checks.actions.follow_outcome",
    "permits.checks.actions.pass_on",
    "permits.letters.prepare",
    "permits.letters.prepare_about_token",
}
"""Called by the worker with (job, at), as every handler of a background job is."""

BY_THE_OPERATOR = {"alerts.rules.proposals.propose"}
"""Actions that a command of the operator takes as well, who has no account."""


STARTS_SOMETHING = {
    "alerts.rules.proposals.propose",
    "permits.actions.applications.begin",
    "permits.actions.applications.start",
    "permits.actions.documents.attach",
    "permits.actions.delegates.invite",
    "permits.actions.employers.register",
    "permits.actions.tokens.issue",
    "referral.api.tokens.actions.issue",
    "referral.cases.actions.add_note",
    "referral.cases.actions.open_case",
    "referral.access.actions.add_member",
    "referral.access.actions.record_outside_access",
    "referral.cases.closing.actions.propose",
    "referral.consent.actions.record",
    "wpis.documents.actions.store",
    "wpis.staff.actions.repeat_invitation",
    "wpis.staff.requests.ask_reset",
    "wpis.staff.requests.invite",
    "wpis.staff.requests.reopen",
}
"""Add a row beside those there are: nothing that was read is replaced or decided."""

STATE_DECIDES = {
    "alerts.screening.retry.retry",
    "alerts.triage.actions.confirm",
    "alerts.triage.actions.dismiss",
    "alerts.triage.actions.release",
    "alerts.triage.actions.reopen",
    "alerts.triage.actions.take",
    "alerts.triage.actions.take_next",
    "permits.actions.applications.withdraw",
    "permits.actions.delegates.accept",
    "permits.actions.delegates.decline",
    "permits.actions.delegates.resend",
    "permits.actions.delegates.withdraw",
    "permits.actions.drafts.restore",
    "permits.actions.review.release",
    "permits.actions.review.take",
    "permits.actions.review.take_next",
    "referral.cases.actions.close",
    "referral.cases.actions.hold",
    "referral.cases.actions.reopen",
    "referral.cases.actions.resume",
    "wpis.staff.actions.close",
    "wpis.staff.actions.end_sessions",
}
"""Steps of a workflow whose source state and owner are all that matters; a late one meets another state."""

NAMES_ITS_ROW = {
    "permits.actions.documents.remove",
    "permits.actions.documents.replace",
    "permits.actions.documents.restore",
    "permits.actions.delegates.dismiss",
    "permits.actions.tokens.revoke",
    "permits.checks.opinions.record_opinion",
    "permits.checks.opinions.request_opinions",
    "permits.checks.overrides.confirm_override",
    "permits.checks.overrides.decline_override",
    "permits.checks.overrides.request_override",
    "referral.api.tokens.actions.revoke",
    "referral.access.revealing.reveal",
    "referral.consent.actions.withdraw",
    "referral.access.actions.remove_member",
    "referral.cases.closing.actions.confirm",
    "referral.cases.closing.actions.refuse",
    "referral.cases.closing.actions.take_back",
    "referral.referrals.actions.accept",
    "referral.referrals.actions.decline",
    "referral.referrals.actions.end_access",
    "referral.referrals.actions.record_outcome",
    "referral.referrals.actions.withdraw",
    "referral.access.referrals.read_referral",
    "wpis.staff.requests.approve",
    "wpis.staff.requests.refuse",
    "wpis.staff.requests.withdraw",
}
"""Told the one row that was read, whose content never changes, or the agencies by name."""

PARTS_OF_ACTIONS = {
    "alerts.handover.record_opened",
    "alerts.handover.record_outcome",
    "referral.cases.closing.actions.lapse",
    "referral.referrals.actions.follow_answer",
    "permits.actions.applications.lock",
    "permits.actions.justifications.keep",
    "permits.actions.applications.lock_even_deleted",
    "permits.actions.permits.issue",
}
"""Called by actions inside their transaction."""

LAST_ONE_WINS = {
    "permits.actions.applications.save_part",
    "permits.actions.employers.change",
    "referral.cases.actions.set_safe_contact",
}
"""Keep what was entered last, before anything is decided on it; `submit` says which draft was read."""

NOTHING_EXPECTED = STARTS_SOMETHING | STATE_DECIDES | NAMES_ITS_ROW | PARTS_OF_ACTIONS | LAST_ONE_WINS


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
        "permits.checks.overrides.confirm_override",
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


def forgetful(functions: Iterable[Callable[..., Any]]) -> set[str]:
    """Actions of a person that do not take what the person read."""
    told = set()
    for function in functions:
        names = inspect.signature(function).parameters
        if "by" in names and not any(name.startswith("expected_") for name in names):
            told.add(full_name(function))
    return told


def test_every_action_takes_what_its_actor_read_or_is_named_with_the_reason_why_not() -> None:
    assert forgetful(found()) == NOTHING_EXPECTED


def test_an_action_that_does_not_take_what_its_actor_read_is_noticed() -> None:
    def ask(application: object, text: str, *, by: User, at: datetime) -> None: ...

    assert forgetful([ask]) == {full_name(ask)}


def test_an_action_that_is_unlike_the_others_is_noticed() -> None:
    def confirm(application: object, by: User, *, at: datetime | None = None, read: str = "") -> None: ...

    def take_over(
        application: object, *, expected_steps: int | None = None, by: User, at: datetime
    ) -> None: ...

    assert len(breaches(confirm)) == 3
    assert breaches(take_over) == ["expected_steps: not a mandatory keyword"]
