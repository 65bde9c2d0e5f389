"""Wall: one clock. Only the owner of a development database moves it; production neither asks nor starts with it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import psycopg2
import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from tests.conftest import standing_on
from wpis import clock
from wpis.models import ClockOffset
from wpis.surfaces import ROLES, moved_clock, refuse_open_wall

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
THREE_DAYS = timedelta(days=3)


@pytest.fixture
def development(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A development process that reads its offset anew at every question."""
    monkeypatch.setattr(clock, "REFRESH_SECONDS", 0.0)
    with override_settings(WPIS_DEMO=True, WPIS_SURFACE="owner"):
        yield
    clock.forget()


def moved(**options: Any) -> str:
    """What the command prints."""
    printed = StringIO()
    call_command("clock", stdout=printed, **options)
    return printed.getvalue().strip()


@pytest.mark.django_db
def test_production_never_asks_the_database_what_time_it_is() -> None:
    ClockOffset.objects.create(moved_by=THREE_DAYS)
    with time_machine.travel(NOON, tick=False), CaptureQueriesContext(connection) as asked:
        assert clock.now() == NOON, "a row that appears while a process runs changes nothing"
        assert clock.today() == date(2027, 3, 1)
    assert len(asked) == 0


@pytest.mark.django_db
def test_a_development_process_follows_the_owner(development: None) -> None:
    with time_machine.travel(NOON, tick=False):
        assert moved(advance=THREE_DAYS) == "2027-03-04 16:00"
        assert clock.now() == NOON + THREE_DAYS
        assert clock.real_now() == NOON
        assert moved(advance=timedelta(hours=8)) == "2027-03-05 00:00"
        assert clock.today() == date(2027, 3, 5), "the day of Yerevan"
        assert moved(set=NOON - THREE_DAYS) == "2027-02-26 16:00"
        assert moved(clear=True) == "2027-03-01 16:00"
    assert not ClockOffset.objects.exists()


@pytest.mark.django_db
def test_the_command_reads_moments_of_yerevan_and_lengths(development: None) -> None:
    with time_machine.travel(NOON, tick=False):
        printed = StringIO()
        call_command("clock", "--set", "2027-12-01T09:00", stdout=printed)
        call_command("clock", "--advance", "30m", stdout=printed)
        assert printed.getvalue().split("\n")[:2] == ["2027-12-01 09:00", "2027-12-01 09:30"]
    for nonsense in (["--set", "tomorrow"], ["--advance", "3"], ["--advance", "3d", "--clear"]):
        with pytest.raises(CommandError):
            call_command("clock", *nonsense)


@pytest.mark.django_db
def test_an_offset_is_read_again_after_a_second_at_most(development: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(clock, "REFRESH_SECONDS", 1.0)
    clock.forget()
    with CaptureQueriesContext(connection) as asked:
        for _ in range(50):
            clock.now()
    assert len(asked) == 2, "whether there is a table, and what it says"


@pytest.mark.django_db
def test_before_the_first_migration_nothing_is_moved(development: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE wpis_clockoffset RENAME TO elsewhere")
    with time_machine.travel(NOON, tick=False):
        assert clock.now() == NOON


@pytest.mark.django_db
@pytest.mark.parametrize("known", [{"WPIS_DEMO": False}, {"WPIS_SURFACE": "office"}])
def test_the_command_works_for_the_owner_of_a_development_database_alone(
    development: None, known: dict[str, Any]
) -> None:
    with override_settings(**known), pytest.raises(CommandError, match="development database"):
        call_command("clock", "--advance", "3d")
    assert not ClockOffset.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("surface", ROLES)
def test_no_surface_can_move_the_clock(surface: str, database_url: Callable[..., str]) -> None:
    for statement in (
        "INSERT INTO wpis_clockoffset (id, moved_by) VALUES (1, '1 day')",
        "UPDATE wpis_clockoffset SET moved_by = '1 day'",
        "DELETE FROM wpis_clockoffset",
        "TRUNCATE wpis_clockoffset",
    ):
        with (
            psycopg2.connect(database_url(ROLES[surface])) as raw,
            raw.cursor() as cursor,
            pytest.raises(psycopg2.errors.InsufficientPrivilege),
        ):
            cursor.execute(statement)


@pytest.mark.django_db
def test_there_is_one_row_at_most() -> None:
    ClockOffset.objects.create(moved_by=THREE_DAYS)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClockOffset.objects.create(id=2, moved_by=THREE_DAYS)


@pytest.mark.django_db
@pytest.mark.parametrize("moved_by", [THREE_DAYS, timedelta()])
def test_no_process_of_production_starts_with_a_moved_clock(moved_by: timedelta) -> None:
    assert moved_clock() == []
    ClockOffset.objects.create(moved_by=moved_by)
    for surface in ROLES:
        with standing_on(surface):
            assert any("wpis_clockoffset" in reason for reason in moved_clock())
            with override_settings(WPIS_DEMO=True):
                assert moved_clock() == []
    stopped = pytest.raises(SystemExit, match="clock of this database was moved")
    with standing_on("protection"), override_settings(WPIS_PERMIT_KEY={}), stopped:
        refuse_open_wall(web=False)


def test_production_cannot_be_told_to_be_development() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "wpis.settings", "WPIS_DEMO": "1", "WPIS_SECURE": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "WPIS_DEMO is for development" in done.stderr
