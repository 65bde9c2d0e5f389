"""The metrics tell how long ago each background process last worked; nobody says it for another one."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from celery.app.task import Context
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.conftest import standing_on
from tests.processes.test_alert_rules import page, rules
from wpis import tasks
from wpis.celery import app
from wpis.grants import PARTS
from wpis.management.commands import ringer
from wpis.models import BackgroundJob, SignOfLife
from wpis.processes import signs_of_life
from wpis.surfaces import ROLES

pytestmark = pytest.mark.django_db

EVERY_PART = {part for parts in PARTS.values() for part in parts}


def silent(client_on: Any) -> dict[str, float]:
    """part -> seconds, as the metrics of protection tell it."""
    lines = (line for line in page(client_on).splitlines() if line.startswith("wpis_silent_seconds{"))
    return {line.split('"')[1]: float(line.split()[-1]) for line in lines}


def test_a_part_that_never_worked_is_silent_for_ever_and_others_since_they_worked(client_on: Any) -> None:
    assert silent(client_on) == dict.fromkeys(EVERY_PART, float("inf"))
    SignOfLife.objects.create(part="beat", seen_at=timezone.now() - timedelta(minutes=10))
    with standing_on("protection"):
        signs_of_life.show("ringer", at=timezone.now())
    told = silent(client_on)
    assert 600 <= told["beat"] < 660
    assert told["ringer"] < 60
    assert told["open"] == float("inf")


def test_a_worker_says_it_for_the_queue_it_was_asked_in() -> None:
    for surface, queue in (("office", "open"), ("protection", "restricted")):
        with standing_on(surface):
            _taken_from(queue)
    assert set(SignOfLife.objects.values_list("part", flat=True)) == {"open", "restricted"}


def _taken_from(queue: str) -> None:
    tasks.alive.request_stack.push(Context(delivery_info={"routing_key": queue}))
    try:
        tasks.alive.run()
    finally:
        tasks.alive.request_stack.pop()


def test_a_later_sign_moves_the_row_and_adds_none() -> None:
    early = timezone.now() - timedelta(minutes=2)
    with standing_on("protection"):
        for at in (early, early + timedelta(minutes=1)):
            signs_of_life.show("beat", at=at)
    assert SignOfLife.objects.get().seen_at == early + timedelta(minutes=1)


@pytest.fixture
def broker() -> Iterator[list[tuple[str, str]]]:
    """What was sent: task and queue."""
    sent: list[tuple[str, str]] = []

    def send(name: str, *, queue: str, **_: object) -> None:
        sent.append((name, queue))

    with patch.object(ringer, "current_app") as current:
        current.send_task = send
        yield sent


def test_the_ringer_says_that_it_works_and_asks_the_workers(broker: list[tuple[str, str]]) -> None:
    command = ringer.Command()
    command.running, command.looked = True, {}

    def stop(_: float) -> None:
        command.running = False

    with standing_on("protection"), patch("time.sleep", stop), patch.object(command, "_look_after"):
        command._poll([BackgroundJob])
        assert broker == [("work.alive", "open")]
        command.running = True
        command._poll([BackgroundJob])
    assert len(broker) == 1, "not at every round"
    assert SignOfLife.objects.get().part == "ringer"


def test_every_queue_is_asked_by_beat_and_is_a_part_of_one_surface() -> None:
    entries = app.conf.beat_schedule.values()
    queues = {entry["options"]["queue"] for entry in entries}
    asked = {entry["options"]["queue"] for entry in entries if entry["task"] == "work.alive"}
    assert asked == queues
    assert queues | {"beat", "ringer"} == EVERY_PART
    assert sum(map(len, PARTS.values())) == len(EVERY_PART)
    assert "work.beat" in {entry["task"] for entry in entries}


@pytest.mark.parametrize(
    ("surface", "part"),
    [("office", "restricted"), ("office", "ringer"), ("protection", "open"), ("portal", "open")],
)
def test_nobody_says_that_another_surface_s_process_works(surface: str, part: str) -> None:
    SignOfLife.objects.create(part=part, seen_at=timezone.now() - timedelta(hours=1))
    before = SignOfLife.objects.get().seen_at
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLES[surface]}")
        for statement in (
            f"UPDATE wpis_signoflife SET seen_at = now() WHERE part = '{part}'",
            f"INSERT INTO wpis_signoflife VALUES ('{part}', now()) ON CONFLICT (part) DO UPDATE SET seen_at = now()",
        ):
            with contextlib.suppress(DatabaseError), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("RESET ROLE")
    assert SignOfLife.objects.get().seen_at == before


def test_a_sign_is_not_dated_ahead() -> None:
    with (
        standing_on("protection"),
        pytest.raises(DatabaseError, match="present moment"),
        transaction.atomic(),
    ):
        signs_of_life.show("beat", at=timezone.now() + timedelta(days=1))


def test_a_rule_wakes_somebody_before_five_minutes_are_over() -> None:
    (rule,) = (rule for rule in rules() if rule["alert"] == "WpisProcessSilent")
    limit = float(rule["expr"].removeprefix("wpis_silent_seconds > "))
    assert limit > 3 * 30
    assert limit + 60 * float(rule["for"].removesuffix("m")) <= 300
    assert rule["labels"]["severity"] == "page"
