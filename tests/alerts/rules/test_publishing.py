"""Publishing a ruleset: a second person, one live at a time, readable, on the record, and by no surface's role."""

import threading
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from alerts.models import Ruleset, RulesetStatus
from alerts.rules import proposals, rulesets
from tests.alerts.rules.test_unreadable import corrupt
from tests.conftest import standing_on
from tests.factories.permits import a_user
from tests.factories.records import AT
from tests.factories.rulesets import document, publish, rule_of
from tests.factories.screening import LATER, an_alert
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.errors import ChangedMeanwhile, Refused


def proposed(by: User | None, version: str = "R2026.2") -> Ruleset:
    changed = document(lambda whole: rule_of(whole, "A01")["thresholds"].update(tolerance=1.2))
    return proposals.propose(changed, name="Next", version=version, by=by, at=AT)


def statuses() -> dict[str, str]:
    return dict(Ruleset.objects.values_list("version", "status"))


@pytest.mark.django_db
def test_a_second_analyst_publishes_and_the_former_one_retires() -> None:
    one, other = a_user(Role.ANALYST), a_user(Role.ANALYST)
    live = rulesets.publish(proposed(one), by=other, at=LATER)
    assert (live.status, live.approved_by, live.starts_at) == (RulesetStatus.LIVE, other, LATER)
    assert statuses() == {"R2026.1": "retired", "R2026.2": "live"}
    assert rulesets.current() == live
    assert rulesets.content(rulesets.current()).rules["A01"].thresholds == {"tolerance": 1.2}
    assert an_alert().screening.ruleset == live, "what is filed from now on is put to it"
    event = AuditEvent.objects.get(action="alerts.ruleset.publish")
    assert (event.actor, event.subject) == (other.pk, live.pk)
    assert event.detail == {"version": "R2026.2", "digest": live.digest, "former": "R2026.1"}


@pytest.mark.django_db
def test_the_one_who_proposed_it_cannot_publish_it() -> None:
    one = a_user(Role.ANALYST)
    with pytest.raises(Refused, match="a second analyst must publish it"):
        rulesets.publish(proposed(one), by=one, at=LATER)
    assert statuses() == {"R2026.1": "live", "R2026.2": "proposed"}


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ANALYST])
def test_nobody_but_an_analyst_publishes(role: str) -> None:
    with pytest.raises(PermissionDenied):
        rulesets.publish(proposed(None), by=a_user(role), at=LATER)
    assert statuses() == {"R2026.1": "live", "R2026.2": "proposed"}


@pytest.mark.django_db
def test_a_closed_account_publishes_nothing() -> None:
    closed = a_user(Role.ANALYST)
    closed.is_active = False
    with pytest.raises(PermissionDenied):
        rulesets.publish(proposed(None), by=closed, at=LATER)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "publishable"), [("proposed", True), ("shadow", True), ("live", False), ("retired", False)]
)
def test_only_a_proposed_or_shadow_ruleset_is_published(status: str, publishable: bool) -> None:
    ruleset = publish(document(), status=RulesetStatus(status))
    before = statuses()
    if publishable:
        assert rulesets.publish(ruleset, by=a_user(Role.ANALYST), at=LATER).status == RulesetStatus.LIVE
        return
    with pytest.raises(ChangedMeanwhile):
        rulesets.publish(ruleset, by=a_user(Role.ANALYST), at=LATER)
    assert statuses() == before
    assert not AuditEvent.objects.filter(action="alerts.ruleset.publish").exists()


@pytest.mark.django_db
def test_a_ruleset_that_cannot_be_read_is_not_published_although_it_was_readable_once() -> None:
    ruleset = proposed(a_user(Role.ANALYST))
    rulesets.content(ruleset)  # this process remembers what it said
    corrupt(ruleset)
    with pytest.raises(Refused, match="cannot be read"):
        rulesets.publish(ruleset, by=a_user(Role.ANALYST), at=LATER)
    empty = publish({}, version="R2026.3", status=RulesetStatus.PROPOSED)
    with pytest.raises(Refused, match="cannot be read"):
        rulesets.publish(empty, by=a_user(Role.ANALYST), at=LATER)
    assert rulesets.current().version == "R2026.1"


@pytest.mark.django_db
def test_the_role_of_the_protection_surface_cannot_publish() -> None:
    ruleset, analyst = proposed(None), a_user(Role.ANALYST)
    with (
        standing_on("protection"),
        pytest.raises(ProgrammingError, match="permission denied for table alerts_ruleset"),
        transaction.atomic(),
    ):
        rulesets.publish(ruleset, by=analyst, at=LATER)
    assert rulesets.current().version == "R2026.1"


@pytest.fixture
def kept(committed: None) -> Iterator[None]:
    """Leaves the rulesets as the migrations made them: `committed` keeps the table."""
    first = Ruleset.objects.values().get()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            Ruleset.objects.exclude(pk=first["id"]).delete()
            Ruleset.objects.filter(pk=first["id"]).update(status=first["status"])
            cursor.execute("RESET session_replication_role")


def test_of_four_who_publish_at_once_each_ruleset_has_one_and_one_is_live_in_the_end(kept: None) -> None:
    analysts = [a_user(Role.ANALYST) for _ in range(4)]
    both = [proposed(None), proposed(None, "R2026.3")]
    start, answers = threading.Barrier(4), [""] * 4

    def run(place: int) -> None:
        try:
            start.wait(10)
            rulesets.publish(both[place % 2], by=analysts[place], at=timezone.now())
            answers[place] = "published"
        except Exception as error:
            answers[place] = type(error).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers[::2]) == ["ChangedMeanwhile", "published"]
    assert sorted(answers[1::2]) == ["ChangedMeanwhile", "published"]
    assert sorted(statuses().values()) == ["live", "retired", "retired"]
    assert AuditEvent.objects.filter(action="alerts.ruleset.publish").count() == 2


def run_command(*arguments: str) -> str:
    said = StringIO()
    call_command("publish_ruleset", *arguments, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_the_command_says_what_happened_or_why_not() -> None:
    one, other, officer = a_user(Role.ANALYST), a_user(Role.ANALYST), a_user(Role.OFFICER)
    proposed(one)
    refused: list[tuple[Any, ...]] = [
        ("R2030.9", other.email, "no ruleset R2030.9"),
        ("R2026.2", "nobody@example.am", "no account nobody@example.am"),
        ("R2026.2", officer.email, "may not publish"),
        ("R2026.2", one.email, "a second analyst must publish it"),
        ("R2026.1", other.email, "changed meanwhile"),
    ]
    for version, email, why in refused:
        with pytest.raises(CommandError, match=why):
            run_command(version, "--by", email)
        assert statuses() == {"R2026.1": "live", "R2026.2": "proposed"}
    told = run_command("R2026.2", "--by", other.email.upper())
    assert "R2026.2 is live" in told
    assert f"published by {other.email}" in told
    assert "R2026.1 is retired" in told
    assert statuses() == {"R2026.1": "retired", "R2026.2": "live"}
