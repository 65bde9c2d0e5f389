"""Whoever leads a company changes its details; what an officer has verified is verified again, what was filed stays."""

import html
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import psycopg2.errors
import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from permits.actions import companies, decisions, employers
from permits.models import Application, Employer, EmployerChange, Outcome
from permits.submissions.reading import read
from tests.conftest import SurfaceClient, standing_on
from tests.factories import permits as make
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.errors import ChangedMeanwhile, Refused

pytestmark = pytest.mark.django_db

MOVED = {"address": "9 Arin-Berd Street, Yerevan", "province": "AM-ER", "phone": "+37499123456"}


@pytest.fixture
def company() -> Employer:
    return make.an_employer()


@pytest.fixture
def boss(company: Employer) -> SurfaceClient:
    return SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en").sign_in(company.created_by)


def leader(company: Employer) -> User:
    """The account that claims it."""
    assert company.created_by
    return company.created_by


def change(company: Employer, **values: Any) -> Employer:
    employers.change(company, values, by=leader(company), at=timezone.now())
    return Employer.objects.get(pk=company.pk)


def opened(client: SurfaceClient, company: Employer) -> dict[str, str]:
    """What the page of the details sends when nothing is touched."""
    page = client.get(f"/companies/{company.pk}/details/").content.decode()
    main = page.split("data-keep", 1)[1].split("</form>")[0]
    fields = {
        html.unescape(name): html.unescape(value)
        for name, value in re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', main)
    }
    chosen = re.search(r'<option value="([^"]+)"[^>]*selected', main)
    assert chosen
    fields.pop("csrfmiddlewaretoken", None)
    return fields | {
        "province": chosen[1],
        "as_read": html.unescape(re.findall(r'name="as_read" value="([^"]*)"', main)[0]),
    }


def send(client: SurfaceClient, company: Employer, sent: Mapping[str, str]) -> Any:
    return client.post(f"/companies/{company.pk}/details/", sent)


def test_the_company_leads_to_its_details_and_they_are_saved(boss: SurfaceClient, company: Employer) -> None:
    page = f"/companies/{company.pk}/"
    assert f'href="{page}details/"' in boss.get(page).content.decode()
    answer = send(
        boss, company, opened(boss, company) | {"address": "9 Arin-Berd Street", "phone": "099 123456"}
    )
    assert answer.url == page
    shown = boss.get(page).content.decode()
    assert "The details are saved" in shown
    assert "9 Arin-Berd Street" in shown
    now = Employer.objects.get(pk=company.pk)
    assert (now.name_en, now.registered_on, now.state) == (company.name_en, company.registered_on, "verified")
    step = EmployerChange.objects.get(subject=company, step="update")
    assert (step.source, step.target, step.by) == ("verified", "verified", company.created_by)
    assert AuditEvent.objects.filter(action="permits.employer.update", subject=company.pk).count() == 1


def test_saving_what_was_not_touched_changes_nothing(boss: SurfaceClient, company: Employer) -> None:
    steps = company.changes.count()
    sent = opened(boss, company)
    for _press in range(2):
        assert send(boss, company, sent).status_code == 302
    assert company.changes.count() == steps
    changed = sent | {"address": "9 Arin-Berd Street"}
    for _press in range(2):  # the second click of a double one
        assert send(boss, company, changed).status_code == 302
    assert company.changes.count() == steps + 1


@pytest.mark.parametrize(
    "what",
    [{"name_en": "Ararat LLC"}, {"name_hy": "«Արարատ» ՍՊԸ"}, {"registered_on": date(2011, 1, 1)}],
    ids=str,
)
def test_another_name_or_registration_is_verified_again_before_the_next_decision(
    company: Employer, what: dict[str, Any]
) -> None:
    filed = make.a_submitted_application(company, company.created_by)
    proposed = make.propose(filed, Outcome.APPROVAL)
    now = change(company, **what, **MOVED)
    assert now.state == "claimed"
    assert now.address == MOVED["address"]
    with pytest.raises(Refused, match="has not been verified yet"):
        decisions.confirm(filed, expected_decision=proposed.pk, by=make.a_user("officer"), at=timezone.now())
    assert make.a_submitted_application(now, company.created_by).reference, "filing waits for nobody"
    make.verify_company(now)
    decisions.confirm(filed, expected_decision=proposed.pk, by=make.a_user("officer"), at=timezone.now())


def test_the_page_says_that_it_is_verified_again(boss: SurfaceClient, company: Employer) -> None:
    assert "we verify the company again" in boss.get(f"/companies/{company.pk}/details/").content.decode()
    send(boss, company, opened(boss, company) | {"name_en": "Ararat LLC"})
    shown = boss.get(f"/companies/{company.pk}/").content.decode()
    assert "We verify the company again" in shown
    assert "Being verified" in shown


def test_what_was_filed_and_permits_keep_the_details_of_their_day(company: Employer) -> None:
    permit = make.a_permit(make.a_submitted_application(company, company.created_by))
    change(company, name_en="Ararat LLC")
    filed = read(permit.application.submissions.get())
    assert filed.employer.name_en == company.name_en


def test_the_company_is_found_by_its_new_name(company: Employer) -> None:
    now = change(company, name_en="Ararat LLC")
    assert "ararat" in now.search_text


@pytest.mark.parametrize("state", ["claimed", "waiting", "refused"])
def test_before_it_is_verified_everything_but_the_number_is_corrected_in_place(state: str) -> None:
    company = make.a_claim()
    {"claimed": lambda _: None, "waiting": make.ask_company, "refused": make.refuse_company}[state](company)
    now = change(company, name_en="Ararat LLC", address="9 Arin-Berd Street")
    assert (now.state, now.name_en) == (state, "Ararat LLC")
    assert company.changes.filter(step="correct").count() == 1


def test_an_officer_settles_no_claim_that_changed_after_they_read_it_and_reads_what_changed(
    office: Any,
) -> None:
    company = make.a_claim()
    read_before = companies.newest_step(company)
    change(company, name_en="Ararat LLC", registered_on=date(2011, 1, 2), province="AM-SH")
    officer = make.a_user("officer")
    with pytest.raises(ChangedMeanwhile):
        companies.verify(company, "register", expected_step=read_before, by=officer, at=timezone.now())
    shown = html.unescape(
        office.sign_in(officer)
        .get(f"/companies/{company.pk}/", headers={"Accept-Language": "en"})
        .content.decode()
    )
    assert f"Company name in English: “{company.name_en}”, now “Ararat LLC”" in shown
    assert "now “02.01.2011”" in shown
    assert "Province: “" in shown
    assert "now “Shirak”" in shown


def test_the_tax_number_is_no_field_and_is_not_changed_when_it_is_sent(
    boss: SurfaceClient, company: Employer
) -> None:
    shown = boss.get(f"/companies/{company.pk}/details/").content.decode()
    assert company.tax_number in shown
    assert 'name="tax_number"' not in shown
    send(boss, company, opened(boss, company) | {"tax_number": "09999999", "address": "9 Arin-Berd Street"})
    employers.change(company, {"tax_number": "09999999"}, by=leader(company), at=timezone.now())
    assert Employer.objects.get(pk=company.pk).tax_number == company.tax_number


def test_a_delegate_and_a_stranger_change_nothing(company: Employer) -> None:
    delegate, stranger = make.a_user(Role.DELEGATE), make.a_user()
    make.a_delegate(company, delegate, by=leader(company))
    invited = make.a_user()  # an employer elsewhere, who files for this one too
    make.a_delegate(company, invited, by=leader(company))
    for person in (delegate, stranger, invited):
        client = SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="en").sign_in(person)
        assert "/details/" not in client.get(f"/companies/{company.pk}/").content.decode()
        for method in (client.get, client.post):
            assert method(f"/companies/{company.pk}/details/").status_code == 404
        with pytest.raises(Exception, match=r"lead_employer|employer\."):
            employers.change(company, MOVED, by=person, at=timezone.now())
    assert Employer.objects.get(pk=company.pk).address == company.address


WRONG = {
    "name_en": ("«Սևան»", ""),
    "name_hy": ("Sevan", ""),
    "address": ("",),
    "nace": ("building",),
    "registered_on_year": ("2999",),
    "phone": ("many",),
    "email": ("nobody",),
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(
    boss: SurfaceClient, company: Employer, name: str, value: str
) -> None:
    steps = company.changes.count()
    answer = send(boss, company, opened(boss, company) | {name: value, "province": "AM-SH"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{name.removesuffix("_year")}' in page
    assert '<option value="AM-SH" selected' in page
    if value:
        assert f'value="{html.escape(value)}"' in page
    assert company.changes.count() == steps


def test_two_tabs_lose_nothing_of_each_other(boss: SurfaceClient, company: Employer) -> None:
    first, second = opened(boss, company), opened(boss, company)
    send(boss, company, first | {"address": "9 Arin-Berd Street"})
    assert send(boss, company, second | {"email": "new@sevan.am"}).status_code == 302
    now = Employer.objects.get(pk=company.pk)
    assert (now.address, now.email) == ("9 Arin-Berd Street", "new@sevan.am")
    assert "their changes are kept" in boss.get("/").content.decode()


def test_two_tabs_that_change_the_same_are_told_at_the_field_and_the_second_save_counts(
    boss: SurfaceClient, company: Employer
) -> None:
    first, second = opened(boss, company), opened(boss, company) | {"address": "1 Abovyan Street"}
    send(boss, company, first | {"address": "9 Arin-Berd Street"})
    answer = send(boss, company, second)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Somebody else has changed this answer to: 9 Arin-Berd Street" in page
    assert 'value="1 Abovyan Street"' in page
    assert Employer.objects.get(pk=company.pk).address == "9 Arin-Berd Street"
    marks = html.unescape(re.findall(r'name="as_read" value="([^"]*)"', answer.content.decode())[0])
    assert send(boss, company, second | {"as_read": marks}).status_code == 302
    assert Employer.objects.get(pk=company.pk).address == "1 Abovyan Street"


def test_a_form_with_an_error_still_knows_what_it_was_read_from(
    boss: SurfaceClient, company: Employer
) -> None:
    mine = opened(boss, company) | {"address": "1 Abovyan Street", "nace": "x"}
    change(company, address="9 Arin-Berd Street")
    page = send(boss, company, mine).content.decode()
    marks = html.unescape(re.findall(r'name="as_read" value="([^"]*)"', page)[0])
    assert send(boss, company, mine | {"nace": "55.10", "as_read": marks}).status_code == 422
    assert Employer.objects.get(pk=company.pk).address == "9 Arin-Berd Street"


def test_a_claim_stands_still_long_enough_to_be_settled(company: Employer) -> None:
    for number in range(10):
        change(company, address=f"{number} Shore Street")
    with pytest.raises(Refused, match="many times today"):
        change(company, address="11 Shore Street")
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=True):
        assert change(company, address="11 Shore Street").address == "11 Shore Street"


def test_decisions_are_not_held_up_by_one_name_after_another(boss: SurfaceClient, company: Employer) -> None:
    for name in ("Ararat LLC", "Aragats LLC"):
        make.verify_company(change(company, name_en=name))
    with pytest.raises(Refused, match="changed several times lately"):
        change(company, name_en="Masis LLC")
    answer = send(boss, company, opened(boss, company) | {"name_en": "Masis LLC"})
    assert answer.status_code == 422
    assert 'value="Masis LLC"' in answer.content.decode()
    assert change(company, address="9 Arin-Berd Street").state == "verified"
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=True):
        assert change(company, name_en="Masis LLC").state == "claimed"


def test_a_claim_of_the_same_number_is_answered_alike_whoever_else_claims_it(company: Employer) -> None:
    other = make.a_claim(tax_number=company.tax_number)
    alone = make.a_claim()
    for claim in (other, alone):
        assert change(claim, **MOVED).state == "claimed"
    renamed = change(company, name_en="Ararat LLC")
    make.verify_company(other)
    with pytest.raises(Refused, match="Another account was verified"):
        make.verify_company(renamed)


ATTACKS = {
    "the portal changes the tax number": ("portal", "verified", "tax_number = '09999999'"),
    "the portal renames what stays verified": ("portal", "verified", "name_en = 'X'"),
    "the portal renames it in Armenian": ("portal", "verified", "name_hy = 'X'"),
    "the portal registers it on another day": ("portal", "verified", "registered_on = '2001-01-01'"),
    "the portal finds it under another name": ("portal", "verified", "search_text = 'x'"),
    "the portal gives it to somebody else": ("portal", "claimed", "created_by_id = NULL"),
    "the portal says why it may act": ("portal", "claimed", "authority = 'X'"),
    "the portal verifies it": ("portal", "claimed", "state = 'verified'"),
    "the office renames it": ("office", "claimed", "name_en = 'X'"),
    "the office moves it": ("office", "verified", "address = 'X'"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_role_changes_more_than_its_steps(attack: str) -> None:
    surface, state, columns = ATTACKS[attack]
    make.an_employer() if state == "verified" else make.a_claim()
    with (
        standing_on(surface),
        pytest.raises(DatabaseError) as failed,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE permits_employer SET {columns}")  # the columns stand above
    assert isinstance(
        failed.value.__cause__, psycopg2.errors.InsufficientPrivilege | psycopg2.errors.RaiseException
    )


def test_the_steps_are_taken_with_the_rights_of_the_portal(company: Employer) -> None:
    with standing_on("portal"):
        assert change(company, **MOVED).state == "verified"
        assert change(company, name_en="Ararat LLC").state == "claimed"
        assert change(company, name_en="Aragats LLC").state == "claimed"


def test_the_next_application_is_filed_with_the_new_details(company: Employer) -> None:
    change(company, **MOVED)
    filed = make.a_submitted_application(Employer.objects.get(pk=company.pk), company.created_by)
    assert read(filed.submissions.get()).employer.address == MOVED["address"]
    assert Application.objects.filter(pk=filed.pk).exists()
