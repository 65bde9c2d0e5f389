"""`manage.py simulate` and `demo_accounts`: the country lives through the real actions, and leaves the demo ready."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import override_settings

from alerts.models import Alert, Screening
from permits.letters import KIND as LETTER
from permits.models import Application, ApplicationDocument, Check, Employer, Permit, State, Submission
from permits.queries import applications_for
from referral.agencies.directory import agencies
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.development.embedded import prepare
from wpis.development.models import SimulationRun
from wpis.development.simulation.patterns.catalogue import PATTERNS
from wpis.development.simulation.playing.accounts import PASSWORD
from wpis.documents.models import State as UploadState
from wpis.models import BackgroundJob

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]
UNTIL = "2026-11-20"
COMMANDS = [
    ("demo_accounts",),
    ("demo_accounts", "--list"),
    ("simulate",),
    ("simulate", "--demo"),
    ("simulate", "--bulk", "--more"),
    ("code", "officer@example.am"),
    ("clock", "--advance", "3d"),
]
END = datetime(2026, 11, 20, 20, tzinfo=UTC)


@pytest.fixture
def in_the_demo() -> Iterator[None]:
    """The settings of a development process."""
    with override_settings(WPIS_DEMO=True):
        yield


def simulate(folder: Path, *more: str) -> str:
    out = StringIO()
    call_command(
        "simulate",
        *(
            "--applications",
            "70",
            "--seed",
            "4",
            "--until",
            UNTIL,
            "--truth",
            str(folder / "truth.json"),
            *more,
        ),
        stdout=out,
    )
    return out.getvalue()


def test_a_country_lives_through_the_real_actions(tmp_path: Path) -> None:
    printed = simulate(tmp_path)
    assert Application.objects.count() == 70
    states = set(Application.objects.values_list("state", flat=True))
    assert {State.APPROVED, State.REFUSED} <= states
    assert Permit.objects.count() == Application.objects.filter(state=State.APPROVED).count() > 30
    assert ApplicationDocument.objects.exclude(upload__state=UploadState.CLEAN).count() == 0
    assert Screening.objects.count() == Submission.objects.count()
    assert not Check.objects.filter(superseded_at=None, completed_at=None).exists()
    assert Alert.objects.exists()

    assert re.search(r"70/70$", printed, re.MULTILINE), "the progress bar of the demo reads n/m"
    truth = json.loads((tmp_path / "truth.json").read_text())
    filed = set(Application.objects.exclude(reference=None).values_list("reference", flat=True))
    assert set(truth["applications"]) == filed
    assert set(truth["applications"].values()) == {*PATTERNS, None}
    assert set(truth["patterns"]) == set(PATTERNS)
    assert truth["patterns"]["p3-passports-held"]["shows"] == "later"
    assert all(
        about["shows"] in ("at filing", "later") and about["why"] for about in truth["patterns"].values()
    )

    newest = Submission.objects.latest("at")
    assert newest.at <= END, "nothing may happen after the last day"
    waiting = BackgroundJob.objects.filter(kind=LETTER, done_at=None)
    assert all((END - job.created_at).days <= 2 for job in waiting), "old letters are history"
    assert BackgroundJob.objects.filter(kind=LETTER).exclude(done_at=None).count() > 100
    assert mail.outbox == []

    assert "--more" in simulate(tmp_path), "a second run adds nothing by itself"
    assert Application.objects.count() == 70
    with pytest.raises(CommandError, match="take another"):
        simulate(tmp_path, "--more")


def test_bulk_rows_can_be_worked_with(tmp_path: Path) -> None:
    simulate(tmp_path, "--bulk")
    assert Application.objects.filter(state=State.SUBMITTED).count() == 70
    application = Application.objects.select_related("worker", "created_by").first()
    assert application is not None
    filed = application.submissions.get().snapshot
    assert filed["worker"]["passport_number"] == application.worker.passport_number
    assert application in applications_for(application.created_by)
    assert not User.objects.get(pk=application.created_by_id).has_usable_password()


def test_the_demo_accounts_can_sign_in_and_are_listed() -> None:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    for role in Role:
        assert User.objects.filter(role=role).exists(), role
    partners = User.objects.filter(role=Role.PARTNER).values_list("agency", flat=True)
    assert set(partners) == set(agencies())
    for email in ("employer@example.am", "officer@example.am", "caseworker@example.am"):
        assert authenticate(_request(), email=email, password=PASSWORD) is not None
        assert email in out.getvalue()
    staff = User.objects.exclude(surface="portal")
    assert Authenticator.objects.filter(type="totp").count() == staff.count()
    before = Authenticator.objects.get(user__email="officer@example.am").data
    call_command("demo_accounts", stdout=out)
    assert Authenticator.objects.get(user__email="officer@example.am").data == before, "made once"
    code = StringIO()
    call_command("code", "officer@example.am", stdout=code)
    assert re.match(r"\d{6} ", code.getvalue())


def test_the_demos_employer_finds_applications_of_the_own_company(tmp_path: Path) -> None:
    simulate(tmp_path, "--demo")
    employer = User.objects.get(email="employer@example.am")
    assert applications_for(employer).count() >= 2
    delegate = User.objects.get(email="delegate@example.am")
    assert set(applications_for(delegate)) == set(applications_for(employer))
    assert Employer.objects.count() > 20


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("elsewhere", [{"WPIS_DEMO": False}, {"WPIS_SURFACE": "office"}])
def test_development_commands_run_in_the_demo_only(
    command: tuple[str, ...], elsewhere: dict[str, Any]
) -> None:
    with override_settings(**elsewhere), pytest.raises(CommandError, match="demo only"):
        call_command(*command)
    assert not User.objects.exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_development_commands_do_not_touch_a_database_of_real_people(command: tuple[str, ...]) -> None:
    User.objects.create_user("somebody@mta.gov.am", "x", role=Role.OFFICER)
    with pytest.raises(CommandError, match="no demo has made"):
        call_command(*command)
    assert User.objects.count() == 1


def test_preparing_a_stack_stops_before_it_migrates_a_database_of_real_people() -> None:
    User.objects.create_user("somebody@mta.gov.am", "x", role=Role.OFFICER)
    with (
        patch.object(prepare, "prepare_database") as migrate,
        pytest.raises(SystemExit, match="no demo has made"),
    ):
        prepare.main()
    assert not migrate.called


def test_a_person_who_signs_up_in_the_demo_does_not_end_it(tmp_path: Path) -> None:
    User.objects.create_user("tester@mta.gov.am", "x")
    SimulationRun.objects.create(
        seed=9, applications=1, until="2026-11-20", begun_at=END, digest="0" * 64, finished_at=END
    )
    call_command("demo_accounts", stdout=StringIO())
    assert User.objects.filter(email="officer@example.am").exists()


def test_unless_it_is_asked_for_nobody_can_sign_in(tmp_path: Path) -> None:
    simulate(tmp_path, "--bulk")
    assert not [user for user in User.objects.all() if user.check_password(PASSWORD)]
    assert not EmailAddress.objects.exists()
    assert not Authenticator.objects.exists()


def _request() -> Any:
    from django.test import RequestFactory

    return RequestFactory().get("/")
