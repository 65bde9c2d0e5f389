"""Triage: who may do what with an alert, in which state, and that nobody settles a serious one alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from alerts.models import Alert, AlertChange
from alerts.states import State
from alerts.triage import actions
from alerts.workflow import ALERT
from tests.factories.permits import a_user
from tests.factories.screening import BLIND, CHILD, DEBT, LATER, an_alert
from tests.factories.screening import proposed as proposal
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.errors import Refused

pytestmark = pytest.mark.django_db

AT = LATER + timedelta(hours=1)
WHY = "The fee was a translation error."


@pytest.fixture
def analyst() -> Any:
    return a_user(Role.ANALYST)


@pytest.fixture
def colleague() -> Any:
    return a_user(Role.ANALYST)


def test_an_alert_at_the_lowest_level_is_dismissed_by_one(analyst: Any) -> None:
    alert = actions.take(an_alert(**BLIND), by=analyst, at=AT)
    settled = actions.dismiss(alert, by=analyst, at=AT, reason=WHY, category="false_alarm")
    assert (settled.state, settled.category, settled.owner) == (State.DISMISSED, "false_alarm", analyst)


@pytest.mark.parametrize("kind", [DEBT, CHILD])
def test_a_serious_or_urgent_one_takes_two(kind: Any, analyst: Any, colleague: Any) -> None:
    alert = actions.take(an_alert(**kind), by=analyst, at=AT)
    proposed = actions.dismiss(alert, by=analyst, at=AT, reason=WHY, category="useful")
    assert proposed.state == State.DISMISSAL_PROPOSED
    with pytest.raises(Refused, match="second analyst"):
        actions.agree(proposed, expected_proposal=proposal(alert), by=analyst, at=AT)
    settled = actions.agree(proposed, expected_proposal=proposal(alert), by=colleague, at=AT)
    assert settled.state == State.DISMISSED


def test_a_second_person_who_disagrees_gives_it_back(analyst: Any, colleague: Any) -> None:
    alert = actions.take(an_alert(), by=analyst, at=AT)
    proposed = actions.dismiss(alert, by=analyst, at=AT, reason=WHY, category="useful")
    back = actions.give_back(
        proposed,
        expected_proposal=proposal(alert),
        by=colleague,
        at=AT,
        reason="The fee is on the bank slip.",
    )
    assert (back.state, back.owner, back.proposed_by, back.category) == (State.TAKEN, analyst, None, "")


def test_a_decision_needs_a_reason_and_a_dismissal_a_category(analyst: Any) -> None:
    alert = actions.take(an_alert(), by=analyst, at=AT)
    with pytest.raises(Refused) as refused:
        actions.confirm(alert, by=analyst, at=AT, reason="  ok  ")
    assert refused.value.field == "reason"
    with pytest.raises(Refused) as refused:
        actions.dismiss(alert, by=analyst, at=AT, reason=WHY, category="whatever")
    assert refused.value.field == "category"
    assert Alert.objects.get().state == State.TAKEN


def test_only_the_owner_decides_and_a_colleague_may_take_over_with_a_reason(
    analyst: Any, colleague: Any
) -> None:
    alert = actions.take(an_alert(), by=analyst, at=AT)
    with pytest.raises(Refused, match="Another analyst"):
        actions.confirm(alert, by=colleague, at=AT, reason=WHY)
    with pytest.raises(Refused, match="already"):
        actions.take_over(alert, expected_owner=analyst.pk, by=analyst, at=AT, reason=WHY)
    taken = actions.take_over(
        alert, expected_owner=analyst.pk, by=colleague, at=AT, reason="My colleague is on leave."
    )
    assert taken.owner == colleague
    assert actions.confirm(taken, by=colleague, at=AT, reason=WHY).state == State.CONFIRMED


def test_of_two_who_take_at_once_one_is_refused(analyst: Any, colleague: Any) -> None:
    alert = an_alert()
    actions.take(alert, by=analyst, at=AT)
    with pytest.raises(Refused, match="changed meanwhile"):
        actions.take(alert, by=colleague, at=AT)


def test_what_was_settled_can_be_opened_again_with_a_reason(analyst: Any, colleague: Any) -> None:
    alert = actions.take(an_alert(**BLIND), by=analyst, at=AT)
    settled = actions.dismiss(alert, by=analyst, at=AT, reason=WHY, category="not_enough")
    again = actions.reopen(settled, by=colleague, at=AT, reason="A colleague called about it.")
    assert (again.state, again.owner, again.category) == (State.TAKEN, colleague, "")
    confirmed = actions.confirm(again, by=colleague, at=AT, reason=WHY)
    assert (
        actions.reopen(confirmed, by=analyst, at=AT, reason="Confirmed the wrong one.").state == State.TAKEN
    )


def test_handing_back_asks_for_no_reason(analyst: Any) -> None:
    alert = actions.take(an_alert(), by=analyst, at=AT)
    back = actions.release(alert, by=analyst, at=AT)
    assert (back.state, back.owner) == (State.NEW, None)


def test_next_is_the_most_pressing_then_the_oldest(analyst: Any) -> None:
    low = an_alert(**BLIND)
    newer = an_alert(LATER + timedelta(days=2), **DEBT)
    older = an_alert(LATER + timedelta(days=1), **DEBT)
    urgent = an_alert(LATER + timedelta(days=3), **CHILD)
    order = [alert.pk for _ in range(4) if (alert := actions.take_next(by=analyst, at=AT))]
    assert order == [urgent.pk, older.pk, newer.pk, low.pk]
    assert actions.take_next(by=analyst, at=AT) is None


def test_every_step_is_in_the_history_and_in_the_audit_trail(analyst: Any) -> None:
    alert = actions.take(an_alert(), by=analyst, at=AT)
    actions.confirm(alert, by=analyst, at=AT + timedelta(minutes=5), reason=WHY)
    assert [(row.step, row.by_id, row.reason) for row in AlertChange.objects.all()] == [
        ("take", analyst.pk, ""),
        ("confirm", analyst.pk, WHY),
    ]
    seen = set(AuditEvent.objects.filter(subject=alert.pk).values_list("action", flat=True))
    assert seen == {"alerts.alert.raised", "alerts.alert.take", "alerts.alert.confirm"}


STEPS_BY_ROLE = {
    Role.ANALYST: {
        *(
            "take",
            "take_over",
            "release",
            "confirm",
            "dismiss",
            "propose_dismissal",
            "agree",
            "return",
            "reopen",
        ),
    },
    Role.CASEWORKER: {"hand_over", "record_outcome"},
    Role.PARTNER: {"record_outcome"},
}


@pytest.mark.parametrize("role", Role.values)
def test_the_truth_table_of_roles_and_steps(role: str) -> None:
    user = a_user(role)
    powers = {step: transition.power for step, transition in ALERT.transitions.items()}
    assert all(powers.values())
    may = {step for step, power in powers.items() if power and power.held_by(user)}
    assert may == STEPS_BY_ROLE.get(Role(role), set())


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ANALYST])
def test_nobody_but_an_analyst_triages(role: str) -> None:
    alert, user = an_alert(), a_user(role)
    with pytest.raises(PermissionDenied):
        actions.take(alert, by=user, at=AT)


STATES = {
    State.NEW: {"take"},
    State.TAKEN: {"take_over", "release", "confirm", "dismiss", "propose_dismissal"},
    State.DISMISSAL_PROPOSED: {"agree", "return"},
    State.DISMISSED: {"reopen"},
    State.CONFIRMED: {"reopen", "hand_over"},
    State.HANDED_OVER: {"record_outcome"},
    State.CLOSED: {"record_outcome"},
}


def test_the_truth_table_of_states_and_steps() -> None:
    found = {
        state: {step for step, row in ALERT.transitions.items() if state in row.sources} for state in State
    }
    assert found == STATES


def test_no_machine_takes_a_step() -> None:
    assert all(transition.power is not None for transition in ALERT.transitions.values())


def test_the_database_refuses_a_step_that_the_table_does_not_have() -> None:
    alert = an_alert()
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(state=State.CONFIRMED)


@pytest.mark.parametrize(
    "table", ["alert", "alertchange", "facts", "finding", "identifier", "screening", "ruleset"]
)
def test_nothing_is_ever_deleted(table: str, analyst: Any) -> None:
    actions.take(an_alert(), by=analyst, at=AT)
    with (
        pytest.raises(DatabaseError, match=r"Cannot (update or )?delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM alerts_{table}")


@pytest.mark.parametrize("table", ["alertchange", "facts", "finding", "identifier", "screening"])
def test_what_was_found_is_never_changed(table: str, analyst: Any) -> None:
    actions.take(an_alert(), by=analyst, at=AT)
    with (
        pytest.raises(DatabaseError, match=r"Cannot update( or delete)?"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE alerts_{table} SET id = id")
