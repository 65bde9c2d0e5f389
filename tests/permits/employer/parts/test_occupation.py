"""The occupation on the page of the job: taken, offered with radio buttons, suggested by request."""

import re

import pytest

from permits.models import EmploymentTerms
from tests.factories import permits as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(portal):
    by = make.a_user()
    portal.sign_in(by)
    return make.a_draft(make.an_employer(by), by)


def stored(draft):
    return EmploymentTerms.objects.get(pk=draft.pk).occupation


@pytest.mark.parametrize("entered", ["cook", "повар", "խոհարար", "повар: Повара (5120)"])
def test_the_example_of_the_hint_is_taken(portal, draft, entered):
    answer = portal.post(f"/applications/{draft.pk}/terms/", {"occupation": entered})
    assert answer.status_code == 302
    assert stored(draft) == "5120"


def test_what_may_mean_several_is_chosen_without_scripts(portal, draft):
    address = f"/applications/{draft.pk}/terms/"
    asked = portal.post(address, {"occupation": "driver", "job_title": "Driver"})
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Choose below which occupation you mean by “driver”" in page
    offers = re.findall(r'type="radio" name="occupation_chosen" value="(\d{4})"', page)
    assert {"8322", "8331", "8332"} <= set(offers)
    assert 'value="Driver"' in page, "nothing that was typed is lost"
    chosen = {"occupation": "driver", "occupation_offered_for": "driver", "occupation_chosen": "8331"}
    assert portal.post(address, chosen).status_code == 302
    assert stored(draft) == "8331"
    assert "Bus and tram drivers (8331)" in portal.get(address).content.decode()
    assert "occupation_chosen" not in portal.get(address).content.decode()


def test_a_choice_counts_for_the_text_it_was_offered_for_alone(portal, draft):
    sent = {"occupation": "welder", "occupation_offered_for": "driver", "occupation_chosen": "8331"}
    portal.post(f"/applications/{draft.pk}/terms/", sent)
    assert stored(draft) == "7212"


@pytest.mark.parametrize("forged", ["0000", "x", "<b>", "ઇઇઇ"])
def test_a_choice_that_was_never_offered_is_refused(portal, draft, forged):
    sent = {"occupation": "driver", "occupation_offered_for": "driver", "occupation_chosen": forged}
    assert portal.post(f"/applications/{draft.pk}/terms/", sent).status_code == 422
    assert stored(draft) == ""


def test_the_list_is_in_no_page(portal, draft):
    page = portal.get(f"/applications/{draft.pk}/terms/").content
    assert len(page) < 40_000
    assert page.decode().count("<option") < 20


def test_suggestions_come_by_request_in_the_language_of_the_reader(portal, draft):
    found = portal.get("/occupations/", {"q": "повар"}, HTTP_ACCEPT_LANGUAGE="ru").json()["found"]
    assert found[0] == "Повара (5120)"
    assert portal.get("/occupations/").json() == {"found": []}
    assert portal.get("/occupations/", {"q": "x" * 5000}).status_code == 200


def test_only_who_files_is_answered(client_on, db):
    assert client_on("portal").get("/occupations/", {"q": "cook"}).status_code == 302
