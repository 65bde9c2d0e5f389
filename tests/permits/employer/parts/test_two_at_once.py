"""Two people, or two tabs, on one part: only what a person changed is saved, and nobody's answer is lost unseen."""

import re
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from permits.actions import applications
from permits.models import Application, EmploymentTerms
from permits.models.parties import Worker
from tests.factories import permits as make
from tests.permits.employer import typed
from wpis.accounts.roles import Role
from wpis.dates.partial import PartialDate

pytestmark = pytest.mark.django_db

READ = 'name="as_read" value="'


@pytest.fixture
def draft(portal: Any) -> Application:
    by = make.a_user(Role.EMPLOYER)
    portal.sign_in(by)
    return make.a_complete_application(make.an_employer(by), by)


def opened(portal: Any, address: str) -> dict[str, str]:
    """What a browser sends back unchanged from this page, beside the fields."""
    page = portal.get(address).content.decode()
    mark = page.split(READ)[1].split('"')[0].replace("&quot;", '"')
    return {"as_read": mark, "seen": page.split('name="seen" value="')[1].split('"')[0]}


def as_typed(draft: Application) -> dict[str, Any]:
    """The terms as the page sends them when nobody changes anything."""
    terms = EmploymentTerms.objects.get(pk=draft.pk)
    assert terms.starts_on
    assert terms.ends_on
    return {
        "occupation": terms.occupation,
        "job_title": terms.job_title,
        "province": terms.province,
        "workplace": terms.workplace,
        "weekly_hours": "40",
        "days_per_week": "5",
        "gross_wage": "320 000",
        "wage_account": terms.wage_account,
        **typed.boxes("starts_on", terms.starts_on),
        **typed.boxes("ends_on", terms.ends_on),
        "contract_states": terms.contract_states,
        "contract_languages": terms.contract_languages,
        "contract_explained": "yes",
        "penalty_clause": "no",
    }


def changed_elsewhere(draft: Application, part: str = "terms", **answers: Any) -> None:
    applications.save_part(draft, part, answers, by=draft.created_by, at=timezone.now())


def test_what_somebody_else_saved_meanwhile_is_kept_and_said(portal: Any, draft: Application) -> None:
    address, sent = f"/applications/{draft.pk}/terms/", as_typed(draft)
    read = opened(portal, address)
    changed_elsewhere(draft, gross_wage=450_000, deduction_housing=20_000)
    saved = portal.post(address, {**sent, **read, "job_title": "Mason"}, follow=True)
    terms = EmploymentTerms.objects.get(pk=draft.pk)
    assert (terms.job_title, terms.gross_wage, terms.deduction_housing) == ("Mason", 450_000, 20_000)
    assert "Gross monthly wage; Deducted for housing" in saved.content.decode()


def test_an_answer_that_both_changed_is_shown_at_its_field_and_saved_knowingly(
    portal: Any, draft: Application
) -> None:
    address, sent = f"/applications/{draft.pk}/terms/", as_typed(draft)
    read = opened(portal, address)
    changed_elsewhere(draft, gross_wage=450_000, days_per_week=6)
    mine = {**sent, **read, "gross_wage": "500000", "job_title": "Mason"}
    refused = portal.post(address, mine)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "450\u00a0000" in page.split('id="id_gross_wage_error"')[1][:300]
    assert 'value="500000"' in page or 'value="500\u00a0000"' in page
    terms = EmploymentTerms.objects.get(pk=draft.pk)
    assert (terms.job_title, terms.gross_wage, terms.days_per_week) == ("Mason", 450_000, 6)
    # The page that came back holds theirs where they alone changed something: saving it again loses nothing.
    again = {"as_read": page.split(READ)[1].split('"')[0].replace("&quot;", '"')}
    days = page.split('name="days_per_week"')[1].split('value="')[1].split('"')[0]
    portal.post(address, {**mine, **again, "days_per_week": days})
    terms = EmploymentTerms.objects.get(pk=draft.pk)
    assert (terms.gross_wage, terms.days_per_week) == (500_000, 6)


def test_the_same_answer_twice_is_no_conflict(portal: Any, draft: Application) -> None:
    address, sent = f"/applications/{draft.pk}/terms/", as_typed(draft)
    read = opened(portal, address)
    changed_elsewhere(draft, gross_wage=450_000)
    assert portal.post(address, {**sent, **read, "gross_wage": "450000"}).status_code == 302


def test_an_answer_taken_away_by_somebody_else_stays_away(portal: Any, draft: Application) -> None:
    address, sent = f"/applications/{draft.pk}/terms/", as_typed(draft)
    read = opened(portal, address)
    changed_elsewhere(draft, wage_account=None, contract_states=None, starts_on=None)
    portal.post(address, {**sent, **read, "job_title": "Mason"})
    terms = EmploymentTerms.objects.get(pk=draft.pk)
    assert (terms.wage_account, terms.contract_states, terms.starts_on) == (None, None, None)


def test_an_error_in_one_field_does_not_bring_back_what_others_changed(
    portal: Any, draft: Application
) -> None:
    address, sent = f"/applications/{draft.pk}/terms/", as_typed(draft)
    read = opened(portal, address)
    changed_elsewhere(draft, job_title="Mason", contract_states=["wage"], penalty_clause=True)
    page = portal.post(address, {**sent, **read, "weekly_hours": "many"}).content.decode()
    assert 'value="Mason"' in page
    assert 'value="many"' in page


def test_the_passport_number_of_somebody_else_is_not_overwritten(portal: Any, draft: Application) -> None:
    address = f"/applications/{draft.pk}/worker/"
    read = opened(portal, address)
    number = draft.worker.passport_number
    changed_elsewhere(draft, "worker", passport_number="X7654321")
    portal.post(address, {**read, "passport_number": number, "given_names": "RAJESH"})
    assert Worker.objects.get(pk=draft.pk).passport_number == "X7654321"


def test_a_partly_known_date_that_somebody_else_entered_survives_an_error_of_ours(
    portal: Any, draft: Application
) -> None:
    address = f"/applications/{draft.pk}/worker/"
    read, born = opened(portal, address), typed.boxes("birth_date", date(1991, 3, 27))
    changed_elsewhere(draft, "worker", birth_date=PartialDate(1991))
    page = portal.post(address, {**read, **born, "phone": "nothing"}).content.decode()
    year, month = (
        re.findall(f'<input[^>]*name="birth_date_{box}"[^>]*>', page)[0] for box in ("year", "month")
    )
    assert 'value="1991"' in year
    assert 'value="3"' not in month


def test_a_page_of_an_earlier_release_saves_as_before(portal: Any, draft: Application) -> None:
    changed_elsewhere(draft, gross_wage=450_000)
    portal.post(f"/applications/{draft.pk}/terms/", as_typed(draft))
    assert EmploymentTerms.objects.get(pk=draft.pk).gross_wage == 320_000
