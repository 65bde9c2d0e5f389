"""A form says which proposal or owner its reader had before them; absent, unreadable or stale, nothing changes."""

import inspect
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from alerts.models import Alert, AlertChange
from alerts.states import State
from alerts.triage import actions
from tests.factories.permits import a_user
from tests.factories.screening import LATER, an_alert, proposed
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.errors import ChangedMeanwhile

pytestmark = pytest.mark.django_db

AT = LATER + timedelta(hours=1)
WHY = "The fee was a translation error."
MEANWHILE = "This was changed meanwhile, so the step no longer fits. Look at the current state."
ABSENT = object()
UNREADABLE = [ABSENT, "", " ", "x", "-1", "0", "9" * 400, "\0", "None", str(uuid4())]


@pytest.fixture
def owner() -> User:
    return a_user(Role.ANALYST)


@pytest.fixture
def taken(owner: User) -> Alert:
    return actions.take(an_alert(), by=owner, at=AT)


def propose(alert: Alert, owner: User, hours: int, category: str, reason: str = WHY) -> Alert:
    at = AT + timedelta(hours=hours)
    return actions.dismiss(alert, by=owner, at=at, reason=reason, category=category)


def everything() -> list[Any]:
    return [list(model._base_manager.order_by("pk").values()) for model in (Alert, AlertChange)]


@pytest.mark.parametrize("step", ["agree", "return", "take over"])
def test_a_form_that_does_not_say_what_was_read_changes_nothing(
    step: str, taken: Alert, owner: User, client_on: Any
) -> None:
    desk = client_on("protection").sign_in(a_user(Role.ANALYST))
    if step == "take over":
        path, field, fits, typed = "take-over/", "owner", owner.pk, {}
    else:
        propose(taken, owner, 1, "useful")
        path, field, fits, typed = "second/", "proposal", proposed(taken), {"answer": step}
    address, before = f"/alerts/{taken.pk}/{path}", everything()
    for sent in UNREADABLE:
        refused = desk.post(address, {"reason": WHY, **typed, **({} if sent is ABSENT else {field: sent})})
        assert refused.status_code == 422, sent
        assert MEANWHILE in refused.content.decode(), sent
        assert everything() == before, sent
    assert desk.post(address, {"reason": WHY, **typed, field: fits}).status_code == 302


def test_the_answer_to_one_proposal_is_not_taken_for_the_next(
    taken: Alert, owner: User, client_on: Any
) -> None:
    second, third = a_user(Role.ANALYST), a_user(Role.ANALYST)
    propose(taken, owner, 1, "false_alarm")
    read = proposed(taken)
    actions.give_back(
        taken, expected_proposal=read, by=third, at=AT + timedelta(hours=2), reason="The bank slip says so."
    )
    propose(taken, owner, 3, "useful", "Labour law, not trafficking.")
    for answer in (actions.agree, actions.give_back):
        with pytest.raises(ChangedMeanwhile):
            answer(taken, expected_proposal=read, by=second, at=AT + timedelta(hours=4), reason=WHY)
    stale = {"answer": "agree", "reason": WHY, "proposal": read}
    page = client_on("protection").sign_in(second).post(f"/alerts/{taken.pk}/second/", stale).content.decode()
    assert MEANWHILE in page
    assert "Labour law, not trafficking." in page
    assert f'name="proposal" value="{proposed(taken)}"' in page, "the form goes with what the page shows now"
    taken.refresh_from_db()
    assert (taken.state, taken.category) == (State.DISMISSAL_PROPOSED, "useful")


def test_an_alert_that_went_to_somebody_else_meanwhile_is_not_taken_over(taken: Alert, owner: User) -> None:
    quick, slow = a_user(Role.ANALYST), a_user(Role.ANALYST)
    actions.take_over(taken, expected_owner=owner.pk, by=quick, at=AT, reason="On leave this week.")
    with pytest.raises(ChangedMeanwhile):
        actions.take_over(taken, expected_owner=owner.pk, by=slow, at=AT, reason="On leave this week.")
    taken.refresh_from_db()
    assert taken.owner == quick


@pytest.mark.parametrize("action", [actions.agree, actions.give_back, actions.take_over])
def test_what_was_read_is_a_mandatory_keyword(action: Any) -> None:
    (one,) = (p for name, p in inspect.signature(action).parameters.items() if name.startswith("expected_"))
    assert (one.kind, one.default) == (one.KEYWORD_ONLY, one.empty)
