"""What is unlikely or unlawful is said at its field, with the law's own value, and is filed once it is confirmed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from permits.actions import applications
from permits.completeness.notices import of_draft, of_filed
from permits.models import Application
from permits.submissions.draft import Draft
from permits.submissions.reading import read
from tests.factories import permits as make
from tests.permits.employer import typed
from wpis import law
from wpis.accounts.roles import Role
from wpis.errors import Refused

pytestmark = pytest.mark.django_db


def years_ago(years: int) -> date:
    today = timezone.localdate()
    return date(today.year - years, 1, 1)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


SITUATIONS: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "a child": ("worker", {"birth_date": years_ago(5)}, "birth_date", "Under 18 the law protects"),
    "a very old worker": ("worker", {"birth_date": years_ago(95)}, "birth_date", "years old"),
    "ninety hours": ("terms", {"weekly_hours": 90}, "weekly_hours", "at most 48 hours a week"),
    "long days": ("terms", {"weekly_hours": 40, "days_per_week": 2}, "days_per_week", "20 hours a day"),
    "no wage": ("terms", {"gross_wage": 0}, "gross_wage", "The legal minimum for these hours"),
    "deductions above the wage": (
        "terms",
        {"gross_wage": 400_000, "deduction_housing": 300_000, "deduction_food": 200_000},
        "deduction_other",
        "more than the wage",
    ),
    "a contract that began long ago": ("terms", {"starts_on": in_days(-900)}, "starts_on", "has passed"),
    "a contract of many years": ("terms", {"ends_on": in_days(5000)}, "ends_on", "at most 12 months"),
    "a passport that ends first": (
        "worker",
        {"passport_expires_on": in_days(60)},
        "passport_expires_on",
        "A permit ends with it",
    ),
    "a recruiter without a name": (
        "recruitment",
        {"used_recruiter": True, "recruiter_name": ""},
        "recruiter_name",
        "Enter the name of the recruiter",
    ),
    "more in a room than in the house": (
        "housing",
        {"provider": "employer", "persons_per_room": 6, "capacity": 4},
        "persons_per_room",
        "more people in one room than there are beds",
    ),
}


@pytest.fixture
def draft() -> Application:
    by = make.a_user(Role.EMPLOYER)
    return make.a_complete_application(make.an_employer(by), by)


def with_answers(draft: Application, part: str, answers: dict[str, Any]) -> Application:
    applications.save_part(draft, part, answers, by=draft.created_by, at=timezone.now())
    return Application.objects.select_related("employer", "worker", "terms", "housing", "recruitment").get(
        pk=draft.pk
    )


def submit(draft: Application) -> Application:
    now = timezone.now()
    return applications.submit(
        draft, declared=True, expected_draft=Draft.AS_SAVED, by=draft.created_by, at=now
    )


def the_same(draft: Application) -> Application:
    number = draft.worker.passport_number
    return make.a_complete_application(draft.employer, draft.created_by, worker={"passport_number": number})


def test_an_ordinary_application_has_no_notice(draft: Application) -> None:
    assert of_draft(draft, timezone.localdate()) == []
    assert submit(draft).reference


@pytest.mark.parametrize("name", SITUATIONS)
def test_it_is_said_at_its_field_filed_as_it_is_and_shown_to_the_officer(
    draft: Application, name: str
) -> None:
    part, answers, field, words = SITUATIONS[name]
    draft = with_answers(draft, part, answers)
    with translation.override("en"):
        found = [each for each in of_draft(draft, timezone.localdate()) if each.field == field]
        assert [each.part for each in found] == [part]
        assert words in found[0].text
        filed = submit(draft)
        record = read(filed.submissions.get())
        shown = of_filed(record, filed.kind, timezone.localdate())
    assert [(each.field, each.text) for each in shown if each.field == field] == [
        (each.field, each.text) for each in found
    ]


def test_the_minimum_is_proportional_to_the_hours_as_on_the_officers_page(draft: Application) -> None:
    book = law.in_force(timezone.localdate())
    half = book.minimum_wage // 2
    draft = with_answers(
        draft, "terms", {"weekly_hours": book.weekly_hours_normal / 2, "gross_wage": half + 1}
    )
    assert of_draft(draft, timezone.localdate()) == []


def test_a_fee_taken_from_the_worker_is_asked_without_a_remark(draft: Application) -> None:
    """Who is warned at this field learns to write nothing there; the answer protects the worker."""
    draft = with_answers(draft, "recruitment", {"worker_fee": 900_000, "advance": 500_000})
    assert of_draft(draft, timezone.localdate()) == []


def test_the_page_shows_it_at_the_field_once_and_goes_on_with_the_second_saving(
    portal: Any, draft: Application
) -> None:
    portal.sign_in(draft.created_by)
    address = f"/applications/{draft.pk}/terms/"
    sent = {"weekly_hours": "90", "days_per_week": "7"}
    first = portal.post(address, sent)
    assert first.url.startswith(f"{address}#id_weekly_hours")
    page = portal.get(address).content.decode()
    assert 'id="id_weekly_hours_remark"' in page
    assert "id_weekly_hours_remark" in page.split('name="weekly_hours"')[1].split(">")[0]
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert portal.post(address, {**sent, "seen": seen}).url == f"/applications/{draft.pk}/housing/"


def test_the_check_page_lists_it_with_a_link_to_the_field(portal: Any, draft: Application) -> None:
    portal.sign_in(draft.created_by)
    with_answers(draft, "terms", {"weekly_hours": 90, "days_per_week": 7})
    address = f"/applications/{draft.pk}/check/"
    page = portal.get(address).content.decode()
    assert f'href="/applications/{draft.pk}/terms/?then=check#id_weekly_hours"' in page
    read_as = {"declared": "on", "draft": page.split('name="draft" value="')[1].split('"')[0]}
    assert portal.post(address, read_as).status_code == 302


def test_what_is_missing_is_linked_to_its_field_and_marked_there(portal: Any, draft: Application) -> None:
    portal.sign_in(draft.created_by)
    with_answers(draft, "worker", {"surname_hy": "", "birth_date": None})
    check = portal.get(f"/applications/{draft.pk}/check/").content.decode()
    for target in ("id_surname_hy", "id_birth_date_day"):
        assert f'href="/applications/{draft.pk}/worker/?then=check#{target}"' in check
    page = portal.get(f"/applications/{draft.pk}/worker/?then=check").content.decode()
    assert 'id="id_surname_hy_remark"' in page
    assert 'id="id_surname_hy_remark"' not in portal.get(f"/applications/{draft.pk}/worker/").content.decode()


IMPOSSIBLE: dict[str, tuple[str, Callable[[], dict[str, Any]], str, str]] = {
    "a contract that has ended": (
        "terms",
        lambda: {**typed.boxes("starts_on", in_days(-400)), **typed.boxes("ends_on", in_days(-30))},
        "ends_on",
        "has ended already",
    ),
    "a passport that has expired": (
        "worker",
        lambda: typed.boxes("passport_expires_on", in_days(-400)),
        "passport_expires_on",
        "The passport has expired",
    ),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_cannot_be_is_refused_at_its_field(portal: Any, draft: Application, name: str) -> None:
    portal.sign_in(draft.created_by)
    part, answers, field, words = IMPOSSIBLE[name]
    response = portal.post(f"/applications/{draft.pk}/{part}/", answers())
    assert response.status_code == 422
    assert words in response.content.decode().split(f'id="id_{field}_error"')[1][:300]


NEEDED_WHERE_IT_APPLIES = [
    ("housing", {"provider": "employer", "address": ""}, "address"),
    ("housing", {"provider": "recruiter", "province": ""}, "province"),
]


@pytest.mark.parametrize(("part", "answers", "field"), NEEDED_WHERE_IT_APPLIES)
def test_an_answer_is_needed_where_its_question_applies(
    draft: Application, part: str, answers: dict[str, Any], field: str
) -> None:
    draft = with_answers(draft, part, answers)
    with pytest.raises(Refused) as refused:
        submit(draft)
    assert len(refused.value.reasons) == 1


def test_an_address_that_the_worker_finds_is_not_needed(draft: Application) -> None:
    draft = with_answers(draft, "housing", {"provider": "worker", "address": "", "province": ""})
    draft = with_answers(draft, "recruitment", {"used_recruiter": False, "recruiter_name": ""})
    assert submit(draft).reference


def test_the_same_application_is_not_filed_twice_while_the_first_is_in_review(draft: Application) -> None:
    first = submit(draft)
    again = the_same(draft)
    with translation.override("en"), pytest.raises(Refused, match=str(first.reference)):
        submit(again)
    later = with_answers(again, "terms", {"starts_on": in_days(40), "ends_on": in_days(300)})
    assert submit(later).reference


def test_after_a_decision_the_same_may_be_filed_again(draft: Application) -> None:
    first = submit(draft)
    applications.withdraw(first, "", by=draft.created_by, at=timezone.now())
    assert submit(the_same(draft)).reference


def test_another_employer_may_file_for_the_same_passport(draft: Application) -> None:
    """What another employer filed is nobody else's business: it changes nothing here."""
    submit(draft)
    other = make.a_user(Role.EMPLOYER)
    number = draft.worker.passport_number
    assert submit(
        make.a_complete_application(make.an_employer(other), other, worker={"passport_number": number})
    ).reference
