"""A seeding that is killed goes on where it stopped: the same country as without the kill, and nothing twice."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from permits.models import Application
from wpis.development.embedded.local import ROOT
from wpis.development.embedded.stack import Stack
from wpis.development.models import SimulationRun
from wpis.development.simulation.country import Country
from wpis.development.simulation.generator import generate
from wpis.development.simulation.playing import days, progress
from wpis.development.simulation.playing.accounts import Actors, make
from wpis.errors import Refused
from wpis.surfaces import ROLES

UNTIL = date(2026, 11, 20)
ARGUMENTS = ("--applications", "70", "--seed", "4", "--until", UNTIL.isoformat())
KILLED_AT = (12, 45)  # applications filed; the second one hits a seeding that has gone on once

# Everything that an application went through, by what two runs have in common: references and keys are drawn anew.
LIVES = """
SELECT employer.tax_number, application.created_at, application.state,
       (SELECT json_agg(json_build_array(step, at) ORDER BY at, step) FROM permits_applicationchange
        WHERE subject_id = application.id),
       (SELECT count(*) FROM permits_submission WHERE application_id = application.id),
       (SELECT count(*) FROM permits_applicationdocument WHERE application_id = application.id),
       (SELECT json_build_array(valid_from, valid_until, issued_at) FROM permits_permit
        WHERE application_id = application.id),
       (SELECT json_agg(json_build_array(text, asked_at, answer, answered_at) ORDER BY asked_at)
        FROM permits_question WHERE application_id = application.id),
       (SELECT json_agg(json_build_array(level, typologies, created_at, state,
                 (SELECT json_agg(json_build_array(step, at) ORDER BY at, step) FROM alerts_alertchange
                  WHERE subject_id = alert.id),
                 (SELECT json_build_array(opened_at, state,
                           (SELECT json_agg(json_build_array(agency, sent_at, state) ORDER BY sent_at, agency)
                            FROM referral_disclosure WHERE case_id = referral_case.id))
                  FROM referral_case WHERE referral_case.alert = alert.id)) ORDER BY created_at)
        FROM alerts_alert alert WHERE application = application.id)
FROM permits_application application JOIN permits_employer employer ON employer.id = application.employer_id
ORDER BY application.created_at, employer.tax_number, application.state
"""


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """A database alone: nothing else works on what is seeded."""
    with Stack(webs=(), workers=(), ringer=False).servers() as started:
        started.prepare()
        yield started


def lives(cursor: Any) -> list[Any]:
    cursor.execute("SET TIME ZONE 'UTC'")
    cursor.execute(LIVES)
    written: list[Any] = json.loads(json.dumps(cursor.fetchall(), default=str))
    return written


def seed(stack: Stack, truth: Path, *, until_printed: int | None = None) -> str:
    """Seed; with `until_printed` kill the process as soon as so many applications are there."""
    with subprocess.Popen(
        [sys.executable, "manage.py", "simulate", *ARGUMENTS, "--truth", str(truth)],
        cwd=ROOT, env=stack.environment("owner"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        printed = ""
        for line in child.stdout:
            printed += line
            found = re.match(r"Applications (\d+)/", line)
            if until_printed and found and int(found[1]) >= until_printed:
                time.sleep(0.05)  # into the middle of a day
                child.kill()
                break
        code = child.wait(60)
    assert code == (-9 if until_printed else 0), printed
    return printed


def play(run: SimulationRun, country: Country, actors: Actors) -> Iterator[days.Today]:
    since = progress.yesterday(run, country)
    keep = partial(progress.save_day, run)
    return days.play(country, actors, run.begun_at, since=since, keep=keep)


def run_of(seed: int) -> SimulationRun:
    return SimulationRun.objects.get(seed=seed)


@pytest.mark.django_db
def test_a_killed_seeding_goes_on_to_the_same_country(stack: Stack, tmp_path: Path) -> None:
    truth = tmp_path / "killed.json"
    for count in KILLED_AT:
        seed(stack, truth, until_printed=count)
        assert not truth.exists()
    printed = seed(stack, truth)
    first = re.search(r"Applications (\d+)/70", printed)
    assert "goes on after" in printed
    assert first is not None
    assert int(first[1]) > KILLED_AT[1], "what was there is not filed again"

    whole = tmp_path / "whole.json"
    with override_settings(WPIS_DEMO=True):
        call_command("simulate", *ARGUMENTS, "--truth", str(whole))
    with connection.cursor() as here, psycopg2.connect(stack.database_url()) as raw, raw.cursor() as there:
        assert Application.objects.count() == 70
        assert lives(there) == lives(here)
    killed, uninterrupted = (json.loads(path.read_text()) for path in (truth, whole))
    assert killed["digest"] == uninterrupted["digest"]
    assert list(killed["applications"].values()) == list(uninterrupted["applications"].values())

    assert "--more" in seed(stack, truth), "a finished one does not go on"


@pytest.mark.django_db
def test_two_who_play_one_country_do_not_play_a_day_twice() -> None:
    actors = make(days.accounts(), can_sign_in=False)
    country = generate(seed=5, applications=70, until=UNTIL)
    mine = progress.begin(country, applications=70, at=datetime(2026, 11, 20, 20, tzinfo=UTC))
    theirs = SimulationRun.objects.get(pk=mine.pk)

    first = next(day for day in play(mine, country, actors) if country.by_day.get(day.on))
    filed = Application.objects.count()
    assert filed > 0
    with pytest.raises(Refused, match="another process"):
        list(play(theirs, country, actors))
    assert Application.objects.count() == filed
    assert SimulationRun.objects.get().played_until == first.on


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES.values())
def test_no_surface_can_look_into_the_memory_of_the_simulation(role: str) -> None:
    """The memory of the apps spans all three surfaces; each of them must learn nothing from it."""
    with connection.cursor() as cursor:
        for privilege in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            cursor.execute(
                "SELECT has_table_privilege(%s, 'development_simulationrun', %s)", [role, privilege]
            )
            assert cursor.fetchone() == (False,)


@pytest.mark.django_db
def test_another_version_does_not_go_on_with_a_country_it_would_make_otherwise() -> None:
    country = generate(seed=6, applications=70, until=UNTIL)
    begun = progress.begin(country, applications=70, at=datetime(2026, 11, 20, 20, tzinfo=UTC))
    assert progress.country_of(begun).digest() == country.digest()
    SimulationRun.objects.update(digest="0" * 64)
    with override_settings(WPIS_DEMO=True), pytest.raises(CommandError, match="another version"):
        call_command("simulate", "--seed", "6")


@pytest.mark.django_db
def test_what_is_kept_is_plain_data_without_labels() -> None:
    actors = make(days.accounts(), can_sign_in=False)
    country = generate(seed=7, applications=70, until=UNTIL)
    run = progress.begin(country, applications=70, at=datetime(2026, 11, 20, 20, tzinfo=UTC))
    for _ in play(run, country, actors):
        if len(run_of(7).memory.get("filed", {})) > 40:
            break
    kept = json.dumps(run_of(7).memory)
    assert "under_way" in kept
    planted = [filing for filing in country.filings if filing.pattern]
    for label in {
        text
        for filing in planted
        for text in (filing.pattern, filing.story, filing.worker.passport_number, filing.company.name_en)
    }:
        assert label
        assert label not in kept
    again = progress.yesterday(run_of(7), country)
    assert all(country.filing(each.filing.number) is each.filing for each in again.filed.values())
    assert {each.reference for each in again.filed.values()} <= set(
        Application.objects.values_list("reference", flat=True)
    )


@pytest.mark.django_db
def test_an_app_that_keeps_anything_else_is_stopped_on_the_first_day() -> None:
    country = generate(seed=7, applications=70, until=UNTIL)
    run = progress.begin(country, applications=70, at=datetime(2026, 11, 20, 20, tzinfo=UTC))
    day = next(play(run, country, make(days.accounts(), can_sign_in=False)))
    day.memory["a row"] = run
    with pytest.raises(TypeError, match="not JSON serializable"):
        progress.save_day(run, day)
