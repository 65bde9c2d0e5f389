"""Wall: content. Of two equal applications one is flagged, confirmed and referred; nobody outside can tell which.

Promise P2: every address of portal and office, every step of the procedure, every letter and PDF, every header
and every SQL statement is compared byte for byte. A new page joins by itself, or stands in NOT_VISITED with
its reason.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from alerts.models import Alert
from alerts.screening import batch
from alerts.triage import actions
from permits.actions import tokens
from permits.actions.companies import newest_step
from permits.checks.opinions import record_opinion, request_opinions
from permits.employer import scope
from permits.models import Application, Check, CheckKind
from permits.queries import applications_for
from permits.tasks import work_open
from referral.cases import actions as cases
from referral.models import Case
from referral.referrals import actions as referrals
from tests.conftest import SurfaceClient, standing_on
from tests.factories import permits as factory
from tests.factories import referral as desk
from tests.walls.addresses import addresses
from tests.walls.twins import Observer, Transcript, same_chance, world
from wpis.accounts.models import StaffRequest, User
from wpis.accounts.roles import Role
from wpis.documents.checking.tasks import work_files
from wpis.staff.requests import invite

# What trips rules of every group: wage, hours, deductions, fee, shared contact, crowded housing at the workplace.
TERMS: dict[str, Any] = {
    "terms": {
        "gross_wage": 60_000,
        "weekly_hours": 60,
        "days_per_week": 7,
        "deduction_housing": 30_000,
        "contract_states": ["hours"],
        "contract_languages": ["hy"],
        "contract_explained": False,
        "penalty_clause": True,
    },
    "housing": {"persons_per_room": 10, "at_workplace": True},
    "recruitment": {
        "used_recruiter": True,
        "recruiter_name": "Globe Jobs",
        "worker_fee": 650_000,
        "advance": 200_000,
    },
}

NOT_VISITED = {
    "metrics": "counts requests of the whole process; needs a token, and is compared by nothing an employer holds",
    "health": "says only whether the process runs",
}


@dataclass
class Cast:
    """The people and things of one world."""

    boss: User
    officers: tuple[User, User, User]
    analyst: User
    caseworker: User
    application: Application
    token: str
    token_id: Any
    asked: StaffRequest
    screen: Callable[[], None]

    def values(self) -> dict[str, Any]:
        """What addresses may be filled with, by the name of their argument."""
        application = Application.objects.get(pk=self.application.pk)
        document = application.documents.first()
        check = (
            Check.objects.filter(submission__application=application)
            .order_by("kind", "submission__number")
            .first()
        )
        return {
            "pk": application.pk,
            "reference": application.reference,
            "document": document.pk if document else None,
            "page": 1,
            "field": "passport_number",
            "check": check.pk if check else None,
            "override": self.token_id,  # no request: its two steps are posted, and answer "absent" in both worlds
            "outcome": "approval",
            "tax_number": application.employer.tax_number,
            "text": application.permit.number if hasattr(application, "permit") else "P-0000000000000",
            "person": self.officers[0].pk,
            "token": self.token_id,
            "account": self.officers[0].pk,
            "invitation": self.token_id,  # none: its steps answer "absent" in both worlds
            "asked": self.asked.pk,
            "step": "close",
        }


def build() -> Cast:
    """One employer files one application; everybody else is there too."""
    factory._numbers = itertools.count(1)
    boss = factory.a_user(Role.EMPLOYER)
    application = factory.a_submitted_application(factory.a_claim(boss), boss, **TERMS)
    token_row, token = tokens.issue(application.employer, "payroll", by=boss, at=timezone.now())
    administrator = factory.a_user(Role.OFFICE_ADMINISTRATOR)
    asked, _code = invite(
        "new@example.am", "New Person", Role.SUPERVISOR, reason="starts", by=administrator, at=timezone.now()
    )
    return Cast(
        boss=boss,
        officers=(
            factory.a_user(Role.OFFICER),
            factory.a_user(Role.OFFICER),
            factory.a_user(Role.SUPERVISOR),
        ),
        analyst=factory.a_user(Role.ANALYST),
        caseworker=factory.a_user(Role.CASEWORKER),
        application=application,
        token=token,
        asked=asked,
        token_id=token_row.pk,
        screen=screen_waiting,
    )


def screen_waiting() -> None:
    """What the restricted worker does."""
    with standing_on("protection"):
        assert batch.screen_waiting(timezone.now()) > 0


def find_nothing() -> None:
    """The same, when no rule is tripped."""
    with (
        patch.object(batch, "_findings", lambda *args: {}),
        patch.object(batch, "raise_alerts", lambda *args, **kwargs: None),
    ):
        screen_waiting()


def leave_clean(cast: Cast) -> None:
    """Screened, now and after every later submission, and nothing was ever found."""
    cast.screen = find_nothing
    cast.screen()
    assert not Alert.objects.exists()


def flag(cast: Cast) -> None:
    """Screened, found, confirmed by an analyst, referred, accepted by an agency: the whole restricted life."""
    screen_waiting()
    alert = Alert.objects.get()
    at = timezone.now()
    partner = desk.a_partner()
    with standing_on("protection"):
        alert = actions.take(alert, by=cast.analyst, at=at)
        actions.confirm(alert, by=cast.analyst, at=at, reason="The worker pays more than two months' wages.")
        case = cases.open_case(alert.pk, by=cast.caseworker, at=at)
        cases.set_safe_contact(case, desk.CONTACT, by=cast.caseworker, at=at)
        desk.a_consent(case, at=at)
        item = desk.send(Case.objects.get(pk=case.pk), by=cast.caseworker, at=at)
        referrals.accept(item, by=partner, at=at)


class Walk:
    """Goes through the procedure as employer and officers, and looks at every page after every step."""

    def __init__(self, cast: Cast, transcript: Transcript) -> None:
        self.cast, self.transcript = cast, transcript
        self.portal = Observer(
            SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en").sign_in(cast.boss), transcript
        )
        self.program = Observer(
            SurfaceClient("portal", HTTP_AUTHORIZATION=f"Bearer {cast.token}", HTTP_ACCEPT_LANGUAGE="en"),
            transcript,
        )
        self.passer_by = Observer(SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en"), transcript)
        self.desks = [
            Observer(SurfaceClient("office", HTTP_ACCEPT_LANGUAGE="en").sign_in(officer), transcript)
            for officer in cast.officers
        ]

    def look_everywhere(self) -> None:
        """Visit every address of portal and office once."""
        for surface, observer in (("portal", self.portal), ("office", self.desks[0])):
            for path in paths(surface, self.cast):
                observer.get(path)
                if path.startswith("/api/"):
                    self.program.get(path)
        for path in ("/", "/check/", f"/check/{self.cast.values()['text']}"):
            self.passer_by.get(path)

    def file(self) -> Application:
        """The application as it stands now."""
        return Application.objects.get(pk=self.cast.application.pk)

    def office(self, desk: int, step: str, data: dict[str, Any], **more: str) -> None:
        """One step of an officer, by the page that takes it."""
        reference = self.file().reference
        answer = self.desks[desk].post(
            reverse(f"officer:{step}", "wpis.urls.office", kwargs={"reference": reference, **more}), data
        )
        assert answer.status_code == 302, (step, answer.status_code, answer.content.decode()[:3000])

    def approve(self) -> None:
        """Take, ask, take over, answer, propose, confirm; everything looked at after each."""
        self.look_everywhere()
        self.office(0, "take", {})
        self.look_everywhere()
        self.verify()
        self.look_everywhere()
        question = {"text": "Which days are free?", "sections": ["terms"]}
        self.office(0, "ask", {**question, "submission": factory.newest(self.file())})
        self.look_everywhere()
        self.office(
            1, "take_over", {"reason": "The colleague is on leave.", "steps": self.file().changes.count()}
        )
        self.look_everywhere()
        answer = self.portal.post(
            reverse("employer:answer", "wpis.urls.portal", kwargs={"pk": self.cast.application.pk}),
            {"answer": "Sunday is free.", "declared": "on", "question": factory.asked(self.file())},
        )
        assert answer.status_code == 302, answer.content.decode()[:3000]
        with same_chance(
            "out of sight"
        ):  # the second submission is screened elsewhere, with its own randomness
            self.cast.screen()
        self.run_background_jobs()
        self.look_everywhere()
        self.ask_an_agency()
        self.look_everywhere()
        self.office(
            1,
            "propose",
            {
                "ground": "permit_within_quota",
                "reason": "",
                "justification": "A supplement within the limits was signed.",
                "submission": factory.newest(self.file()),
            },
            outcome="approval",
        )
        self.look_everywhere()
        self.office(0, "confirm", {"decision": factory.proposal(self.file()), "justification": "I read it."})
        self.run_background_jobs()
        self.look_everywhere()

    def verify(self) -> None:
        """The supervisor verifies that the account acts for the company."""
        company = self.file().employer
        answer = self.desks[2].post(
            reverse("officer:claim_step", "wpis.urls.office", kwargs={"pk": company.pk, "step": "verify"}),
            {"basis": "register", "step": newest_step(company)},
        )
        assert answer.status_code == 302, answer.content.decode()[:3000]

    def ask_an_agency(self) -> None:
        """An agency is asked for an opinion and gives it; there is no page for it yet."""
        file, at = self.file(), timezone.now()
        supervisor = self.cast.officers[2]
        with standing_on("office"):
            assert file.officer
            asked = request_opinions(file, ["national-security-service"], by=file.officer, at=at)
        self.look_everywhere()
        with standing_on("office"):
            record_opinion(asked[0], "no_objection", "Nothing is known.", by=supervisor, at=at)

    def withdraw(self) -> None:
        """The employer takes the application back."""
        answer = self.portal.post(
            reverse("employer:withdraw", "wpis.urls.portal", kwargs={"pk": self.cast.application.pk}),
            {"reason": "The worker found another job."},
        )
        assert answer.status_code == 302
        self.run_background_jobs()
        self.look_everywhere()

    def run_background_jobs(self) -> None:
        """What the workers of files and letters do."""
        sent = len(mail.outbox)
        with standing_on("files"):
            work_files()
        with standing_on("office"):
            work_open()
        self.transcript.add_letters(sent)


def paths(surface: str, cast: Cast) -> list[str]:
    """Every address of a surface, filled with this world's values."""
    values = cast.values()
    found = []
    for address in addresses(surface):
        if address.demand == "sign-in" or address.pattern.startswith(tuple(NOT_VISITED)):
            continue
        given = {name: values[name] for name, _kind in address.converters}
        if address.pattern.startswith("companies/"):
            given = given | ({"pk": cast.application.employer_id} if "pk" in given else {})
        assert None not in given.values(), address
        path = "/" + address.pattern
        for name, value in given.items():
            for kind in ("uuid", "str", "int", "slug", "path"):
                path = path.replace(f"<{kind}:{name}>", str(value))
        assert "<" not in path, (
            f"{address.pattern}: give a value, or say in NOT_VISITED why it is not visited"
        )
        found.append(path)
    return found


def approved(cast: Cast, transcript: Transcript) -> None:
    Walk(cast, transcript).approve()


def withdrawn(cast: Cast, transcript: Transcript) -> None:
    walk = Walk(cast, transcript)
    walk.look_everywhere()
    walk.withdraw()


@pytest.mark.django_db
@pytest.mark.parametrize("life", [approved, withdrawn])
def test_nobody_outside_can_tell_the_twins_apart(life: Callable[[Cast, Transcript], None]) -> None:
    world(build, leave_clean, life)  # fills the caches of the process, so that both worlds find them full
    clean = world(build, leave_clean, life)
    flagged = world(build, flag, life)
    assert len(clean.lines) > 200
    assert any("permit.pdf" in line[0] and line[1] == "200" for line in clean.lines) == (life is approved)
    assert any(line[0] == "a letter" for line in clean.lines)
    different = clean.differences(flagged)
    assert not different, "\n".join(different[:5])


@pytest.mark.django_db
def test_a_planted_leak_is_caught() -> None:
    """A check that stays open when something was found: one word on an officer's page, one condition in SQL."""

    def leak(cast: Cast) -> None:
        flag(cast)
        factory.open_again(Check.objects.filter(kind=CheckKind.AUTOMATIC))

    def look(cast: Cast, transcript: Transcript) -> None:
        Walk(cast, transcript).look_everywhere()

    world(build, leave_clean, look)
    assert world(build, leave_clean, look).differences(world(build, leak, look)) != []


@pytest.mark.django_db
def test_a_planted_query_is_caught() -> None:
    """One more SELECT on a flagged file, the leak that a stopwatch would find."""
    original = applications_for

    def look(cast: Cast, transcript: Transcript) -> None:
        leaks = Alert.objects.exists()

        def asks_more(user: Any) -> Any:
            if leaks:
                Application.objects.count()
            return original(user)

        with patch.object(scope, "applications_for", asks_more):
            Observer(SurfaceClient("portal").sign_in(cast.boss), transcript).get("/applications/")

    world(build, leave_clean, look)
    assert world(build, leave_clean, look).differences(world(build, flag, look)) != []
