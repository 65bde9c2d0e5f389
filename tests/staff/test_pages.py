"""The pages of an administrator and of the second person, read and used as they are."""

import re
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import staff
from tests.factories.permits import PASSWORD, a_submitted_application, a_user
from wpis.accounts.models import StaffRequest, User
from wpis.accounts.roles import ADMINISTRATOR_OF, Role, Surface
from wpis.accounts.staff import Reason, RequestState

pytestmark = pytest.mark.django_db

CODE = re.compile(r"\b[2-9A-HJKMNP-Z]{4}(?:-[2-9A-HJKMNP-Z]{4}){3}\b")
INVITATION = {"name": "Anna Petrosyan", "email": "anna@example.am", "role": "manager", "reason": "starts"}
SURFACES = [("office", Role.OFFICER), ("protection", Role.ANALYST)]


def told(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_an_administrator_of_the_office_invites_a_manager_and_reads_the_code_once(office: Any) -> None:
    office.sign_in(staff.an_administrator())
    answer = office.post("/staff/invite/", INVITATION)
    assert answer.status_code == 200
    assert len(CODE.findall(told(answer))) == 1
    page = told(office.get("/staff/"))
    assert "Anna Petrosyan" in page
    assert "Invited, no password yet" in page
    account = User.objects.get(email=INVITATION["email"])
    assert not CODE.search(told(office.get(f"/staff/{account.pk}/")))


def test_on_protection_a_second_administrator_confirms_and_reads_the_code(client_on: Any) -> None:
    first, second = (client_on("protection").sign_in(staff.an_administrator("protection")) for _ in range(2))
    answer = first.post("/staff/invite/", INVITATION | {"role": "partner", "agency": "ngo-shelter"})
    assert answer["Location"] == "/staff/"
    asked = StaffRequest.objects.get()
    assert "somebody else decides" in told(first.get(f"/staff/requests/{asked.pk}/"))
    refused = first.post(f"/staff/requests/{asked.pk}/", {"answer": "approve"})
    assert "A second person has to decide" in told(refused)
    assert "1 request waits" in told(second.get("/staff/"))
    answer = second.post(f"/staff/requests/{asked.pk}/", {"answer": "approve"})
    assert len(CODE.findall(told(answer))) == 1
    assert User.objects.get(email=INVITATION["email"]).agency == "ngo-shelter"


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ({"email": "anna"}, "Enter an e-mail address"),
        ({"name": ""}, "Enter full name"),
        ({"role": "analyst"}, "Choose one of the answers shown"),
        ({"role": ""}, "Choose an answer"),
        ({"reason": ""}, "Choose an answer"),
        ({"ends_on": "2020-01-01"}, "Enter a day that is not over yet"),
        ({"email": "taken@example.am"}, "There is an account with this address here already"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(
    mistake: dict[str, str], said: str, office: Any
) -> None:
    a_user(Role.OFFICER, email="taken@example.am")
    office.sign_in(staff.an_administrator())
    answer = office.post("/staff/invite/", INVITATION | mistake)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "Anna Petrosyan" in page or "name" in mistake
    assert not User.objects.filter(name="Anna Petrosyan").exists()


@pytest.mark.parametrize(("surface", "role"), SURFACES)
@pytest.mark.parametrize("step", ["close", "end-sessions"])
def test_a_closed_or_ended_session_is_over_with_its_next_request(
    surface: str, role: Role, step: str, client_on: Any
) -> None:
    account = staff.a_colleague(role)
    theirs = client_on(surface).sign_in(account)
    assert theirs.get("/", follow=True).status_code == 200
    here = client_on(surface).sign_in(staff.an_administrator(surface))
    page = here.get(f"/staff/{account.pk}/{step}/")
    assert page.status_code == 200
    assert here.post(f"/staff/{account.pk}/{step}/", {"reason": ""}).status_code == 422
    answer = here.post(f"/staff/{account.pk}/{step}/", {"reason": "misuse"})
    assert answer["Location"] == f"/staff/{account.pk}/"
    assert theirs.get("/")["Location"].startswith("/accounts/login/")
    account.refresh_from_db()
    assert account.is_active is (step == "end-sessions")


def test_another_role_ends_the_sessions_of_the_old_one(office: Any, client_on: Any) -> None:
    account = staff.a_colleague(Role.OFFICER)
    theirs = client_on("office").sign_in(account)
    office.sign_in(staff.an_administrator())
    page = office.get(f"/staff/{account.pk}/change/").content.decode()
    (read,) = re.findall(r'name="access" value="([^"]*)"', page)
    form = {"role": "manager", "reason": "moves", "access": read}
    assert office.post(f"/staff/{account.pk}/change/", form | {"access": "supervisor"}).status_code == 422
    assert theirs.get("/").status_code == 200
    assert office.post(f"/staff/{account.pk}/change/", form).status_code == 302
    assert theirs.get("/")["Location"].startswith("/accounts/login/")
    account.refresh_from_db()
    assert (account.role, account.surface) == (Role.MANAGER, Surface.OFFICE)


def test_a_reset_through_the_pages_takes_two_and_ends_the_sessions(client_on: Any) -> None:
    account = staff.a_colleague(Role.OFFICER)
    theirs = client_on("office").sign_in(account)
    here = client_on("office").sign_in(staff.an_administrator())
    supervisor = client_on("office").sign_in(a_user(Role.SUPERVISOR))
    here.post(f"/staff/{account.pk}/reset/", {"reason": "lost_device"})
    assert theirs.get("/").status_code == 200
    asked = StaffRequest.objects.get()
    assert account.name in told(supervisor.get("/staff/requests/"))
    answer = supervisor.post(f"/staff/requests/{asked.pk}/", {"answer": "approve"})
    assert CODE.search(told(answer))
    assert theirs.get("/")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("answer", ["refuse", "withdraw", "", "else"])
def test_a_request_is_refused_or_taken_back(answer: str, client_on: Any) -> None:
    by = staff.an_administrator()
    asked = staff.a_request(Role.SUPERVISOR, by=by)
    who = by if answer == "withdraw" else staff.an_administrator()
    client_on("office").sign_in(who).post(f"/staff/requests/{asked.pk}/", {"answer": answer})
    asked.refresh_from_db()
    assert asked.state == (RequestState.REFUSED if answer in ("refuse", "withdraw") else RequestState.WAITING)


def test_an_account_of_the_other_surface_is_absent(office: Any) -> None:
    office.sign_in(staff.an_administrator())
    elsewhere = a_user(Role.ANALYST), a_user(Role.EMPLOYER)
    for account in elsewhere:
        assert account.email not in office.get("/staff/").content.decode()
        for path in ("", "change/", "close/"):
            assert office.get(f"/staff/{account.pk}/{path}").status_code == 404
    asked = staff.a_request(Role.ANALYST, by=staff.an_administrator("protection"))
    assert office.get(f"/staff/requests/{asked.pk}/").status_code == 404


@pytest.mark.parametrize("surface", ["office", "protection"])
def test_administrators_and_managers_reach_no_file(surface: str, client_on: Any) -> None:
    application = a_submitted_application()
    application.refresh_from_db()
    roles = [ADMINISTRATOR_OF[surface]] + ([Role.MANAGER] if surface == "office" else [])
    for role in roles:
        here = client_on(surface).sign_in(a_user(role))
        paths = [f"/files/{application.reference}/", "/alerts/", "/cases/", "/log/", "/take-next/"]
        assert {here.get(path).status_code for path in paths} <= {404, 405}
        home = here.get("/", follow=True)
        assert home.status_code == 200
        assert application.reference not in home.content.decode()
        assert application.worker.full_name not in home.content.decode()


def test_the_manager_reads_numbers(office: Any) -> None:
    a_submitted_application()
    page = told(office.sign_in(a_user(Role.MANAGER)).get("/", follow=True))
    assert "Submitted in the last 30 days 1" in page


def test_searching_finds_by_name_and_says_when_nothing_fits(office: Any) -> None:
    account = staff.a_colleague(name="Zaruhi")
    office.sign_in(staff.an_administrator())
    assert account.email in office.get("/staff/?text=zaru").content.decode()
    assert "No account fits" in office.get("/staff/?text=nobody").content.decode()


def test_a_step_needs_a_fresh_proof_of_who_takes_it(office: Any) -> None:
    account = staff.a_colleague()
    office.sign_in(staff.an_administrator(), fresh=False)
    answer = office.post(f"/staff/{account.pk}/close/", {"reason": "leaves"})
    assert "/reauthenticate/" in answer["Location"]
    account.refresh_from_db()
    assert account.is_active


def test_what_was_sent_before_the_proof_is_answered_by_a_page_that_can_be_sent_again(office: Any) -> None:
    """The answer comes at the address of the proof, so the form must name its own."""
    by = staff.an_administrator()
    office.sign_in(by, fresh=False)
    proof = office.post("/staff/invite/", INVITATION | {"email": "anna"})["Location"]
    answer = office.post(proof, {"password": PASSWORD, "next": "/staff/invite/"})
    page = answer.content.decode()
    assert "Enter an e-mail address" in page
    assert "Anna Petrosyan" in page
    assert 'action="/staff/invite/"' in page


def test_a_closed_account_is_opened_again(office: Any) -> None:
    account = staff.a_colleague(Role.MANAGER, is_active=False)
    office.sign_in(staff.an_administrator())
    office.post(f"/staff/{account.pk}/reopen/", {"reason": "returns"})
    account.refresh_from_db()
    assert account.is_active
    assert StaffRequest.objects.get().reason == Reason.RETURNS
    assert timezone.now() >= StaffRequest.objects.get().asked_at
