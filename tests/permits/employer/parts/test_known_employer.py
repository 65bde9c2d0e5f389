"""A known employer types less: passport lines are read by saving, and the job of the last application is suggested."""

import re
from typing import Any

import pytest

from permits.models import Application, EmploymentTerms, Worker
from permits.parts.catalogue import ASKED
from tests.factories import permits as make
from tests.permits.employer.parts.test_passport_lines import SUHARTO, A, boxes

pytestmark = pytest.mark.django_db

NEVER_SUGGESTED = {
    *("nothing_deducted", "wage_account", "starts_on", "ends_on"),
    *("contract_states", "contract_languages", "contract_explained", "penalty_clause"),
    *(name for name in ASKED["terms"].by_name if name.startswith("deduction_")),
}


@pytest.fixture
def draft(portal: Any) -> Application:
    by = make.a_user()
    portal.sign_in(by)
    return make.a_draft(make.an_employer(by), by)


def test_saving_lines_alone_fills_in_what_they_say_and_goes_on(portal: Any, draft: Application) -> None:
    response = portal.post(f"/applications/{draft.pk}/worker/", {"mrz": SUHARTO, "languages": ["ru"]})
    assert response.url == f"/applications/{draft.pk}/terms/"
    worker = Worker.objects.get(pk=draft.pk)
    assert (worker.surname, worker.passport_number, worker.nationality) == ("SUHARTO", "C1234567", "IDN")
    assert worker.one_name
    assert worker.languages == ["ru"]
    assert "from the passport lines. Compare them" in portal.get(response.url).content.decode()


def test_nothing_is_filled_in_beside_what_was_typed(portal: Any, draft: Application) -> None:
    for typed in ({"given_names": "RAJESH"}, {"birth_date_year": "1991"}, {"sex": "M"}):
        portal.post(f"/applications/{draft.pk}/worker/", {"mrz": SUHARTO, **typed})
        assert Worker.objects.get(pk=draft.pk).surname == ""
    portal.post(f"/applications/{draft.pk}/worker/", {**A, "mrz": SUHARTO})
    assert Worker.objects.get(pk=draft.pk).surname == "SHARMA"


def test_lines_that_leave_a_question_are_shown_and_nothing_is_saved(portal: Any, draft: Application) -> None:
    wrong = SUHARTO.replace("850101", "850102")
    response = portal.post(f"/applications/{draft.pk}/worker/", {"mrz": wrong})
    assert response.status_code == 422
    assert Worker.objects.get(pk=draft.pk).surname == ""


def test_an_empty_job_page_begins_with_the_last_job_and_saves_nothing_of_it(
    portal: Any, draft: Application
) -> None:
    by, company = draft.created_by, draft.employer
    make.a_submitted_application(company, by, terms={"job_title": "Mason", "gross_wage": 300_000})
    last = make.a_submitted_application(company, by, terms={"job_title": "Welder", "gross_wage": 400_000})
    html = portal.get(f"/applications/{draft.pk}/terms/").content.decode()
    assert last.reference in html
    held = boxes(html)
    assert (held["job_title"], held["gross_wage"].replace("\xa0", ""), held["weekly_hours"]) == (
        "Welder",
        "400000",
        "40",
    )
    assert EmploymentTerms.objects.get(pk=draft.pk).job_title == ""


def test_no_declaration_and_no_date_is_suggested(portal: Any, draft: Application) -> None:
    make.a_submitted_application(draft.employer, draft.created_by)
    for page in ("terms/", "terms/contract/"):
        html = portal.get(f"/applications/{draft.pk}/{page}").content.decode()
        given = {name for name, value in boxes(html).items() if value}
        given |= set(re.findall(r'name="(\w+)"[^>]* checked', html))
        assert not {name for name in given for never in NEVER_SUGGESTED if name.startswith(never)}, page


def test_nothing_is_suggested_from_another_company_nor_over_what_was_entered(
    portal: Any, draft: Application
) -> None:
    by = draft.created_by
    make.a_submitted_application()
    make.a_submitted_application(make.an_employer(by), by)
    assert "your last application" not in portal.get(f"/applications/{draft.pk}/terms/").content.decode()
    make.a_submitted_application(draft.employer, by)
    portal.post(f"/applications/{draft.pk}/terms/", {"section": "first", "job_title": "Cook"})
    html = portal.get(f"/applications/{draft.pk}/terms/").content.decode()
    assert "your last application" not in html
    assert boxes(html)["job_title"] == "Cook"


def test_each_page_of_the_job_saves_its_own_answers_and_leads_on(portal: Any, draft: Application) -> None:
    address = f"/applications/{draft.pk}/terms/"
    assert portal.post(address, {"section": "first", "job_title": "Cook"}).url == f"{address}contract/"
    sent = {"contract_explained": "yes", "contract_languages": ["hy"], "contract_languages_other_0": "ka"}
    assert portal.post(f"{address}contract/", sent).url == f"/applications/{draft.pk}/housing/"
    terms = EmploymentTerms.objects.get(pk=draft.pk)
    assert (terms.job_title, terms.contract_explained, terms.contract_languages) == (
        "Cook",
        True,
        ["hy", "ka"],
    )
    assert portal.post(f"{address}?then=check", {"section": "first", "job_title": "Chef"}).url.endswith(
        "/check/"
    )
    assert EmploymentTerms.objects.get(pk=draft.pk).contract_languages == ["hy", "ka"]
    html = portal.get(f"{address}contract/").content.decode()
    assert '<option value="ka" selected>' in html
    assert html.count('type="checkbox" name="contract_languages"') == 3


def test_a_missing_answer_is_linked_to_the_page_that_asks_it(portal: Any, draft: Application) -> None:
    html = portal.get(f"/applications/{draft.pk}/check/").content.decode()
    assert f"/applications/{draft.pk}/terms/contract/?then=check#id_starts_on_day" in html
    assert f"/applications/{draft.pk}/terms/?then=check#id_job_title" in html


def test_on_the_check_page_a_part_with_something_to_look_at_is_never_folded(
    portal: Any, draft: Application
) -> None:
    by, company = draft.created_by, draft.employer
    whole = make.a_complete_application(company, by)
    low = make.a_complete_application(company, by, terms={"gross_wage": 20_000})
    folded = {
        each.pk: re.findall(
            r'<details class="fold">.*?<span class="vh"> ([^<]*)</span>',
            portal.get(f"/applications/{each.pk}/check/").content.decode(),
        )
        for each in (whole, low)
    }
    assert folded[whole.pk] == ["Job and pay", "Housing", "Recruitment and costs", "Documents"]
    assert folded[low.pk] == ["Housing", "Recruitment and costs", "Documents"]
