"""Lists: found by name, reference and status, by page, with as many queries for many rows as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from permits.models import Worker
from tests.factories import permits as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return make.a_user()


@pytest.fixture
def company(by, portal):
    portal.sign_in(by)
    return make.an_employer(by)


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", ["/", "/applications/"])
def test_more_rows_take_no_more_queries(portal, by, company, address):
    make.a_draft(company, by)
    make.a_submitted_application(company, by)
    make.a_question(make.a_submitted_application(company, by))
    make.a_permit(make.a_submitted_application(company, by))
    few = queries(portal, address)
    for _number in range(3):
        make.a_draft(company, by)
        make.a_submitted_application(company, by)
    make.a_question(make.a_submitted_application(company, by))
    make.a_permit(make.a_submitted_application(company, by))
    assert queries(portal, address) == few
    assert few <= 16


def test_twenty_five_rows_a_page_cut_in_the_database(portal, by, company):
    for _number in range(27):
        make.a_draft(company, by)
    with CaptureQueriesContext(connection) as captured:
        first = portal.get("/applications/").content.decode()
    assert first.count("Worker not named yet") == 25
    assert "1 to 25 of 27" in first
    assert any("LIMIT 25" in query["sql"] for query in captured)
    assert portal.get("/applications/?page=2").content.decode().count("Worker not named yet") == 2


def test_an_application_is_found_by_name_reference_and_public_status(portal, by, company):
    application = make.a_submitted_application(company, by)
    other = make.a_draft(company, by)
    worker = Worker.objects.get(pk=other.pk)
    worker.surname, worker.surname_hy = "Perera", "Պերերա"
    worker.save()

    def found(query):
        text = portal.get(f"/applications/?{query}").content.decode()
        return {name for name in ("SHARMA", "Perera") if name in text}

    assert found("q=sharma rajesh") == {"SHARMA"}
    assert found("q=Պերերա") == {"Perera"}
    assert found(f"q={application.reference}") == {"SHARMA"}
    assert found("state=in_review") == {"SHARMA"}
    assert found("state=draft") == {"Perera"}
    assert found("state=submitted") == {"SHARMA", "Perera"}  # no word of the office: not a filter
    assert found("q=nobody") == set()


def test_an_application_is_found_in_every_spelling_and_by_its_numbers(portal, by, company):
    names = {"surname": "NGUYEN", "surname_hy": "ՍԵՎԱԿՅԱՆ", "passport_number": "C7654321"}
    application = make.a_submitted_application(company, by, worker=names)
    permit = make.a_permit(application)
    make.a_draft(company, by)
    body = str(application.reference).removeprefix("WP-")
    texts = ["Nguyễn", "Սևակյան", "Севакян", "c 7654321", "С7654321", body, f"WР–{body}", f"wp\u2011{body}."]
    texts += [permit.number, permit.number.removeprefix("P-"), permit.number.replace("P-", "Р–")]
    for text in texts:
        shown = portal.get("/applications/", {"q": text}).content.decode()
        assert "NGUYEN" in shown, text
        assert "Worker not named yet" not in shown, text


def test_others_applications_are_found_by_nothing(portal, company):
    foreign = make.a_permit(make.a_submitted_application(worker={"passport_number": "C7654321"}))
    for text in ("Sharma", "C7654321", foreign.number, foreign.application.reference):
        assert "0 results for" in portal.get("/applications/", {"q": text}).content.decode(), text


def test_a_mistyped_reference_is_called_so_and_a_right_one_of_others_is_not(portal, company):
    foreign = make.a_submitted_application()
    reference = str(foreign.reference)
    slip = reference[:-1] + ("Z" if reference[-1] != "Z" else "Y")
    words = "One character in this reference is wrong"
    assert words in portal.get("/applications/", {"q": slip}).content.decode()
    assert words not in portal.get("/applications/", {"q": foreign.reference}).content.decode()
    assert words not in portal.get("/applications/", {"q": "Hambardzumyan"}).content.decode()


def test_a_search_is_one_query_of_the_list(portal, by, company):
    make.a_submitted_application(company, by)
    plain = queries(portal, "/applications/")
    assert queries(portal, "/applications/?q=sharma") <= plain  # deleted drafts are not looked for
    assert queries(portal, "/applications/?q=N0000001") <= plain
