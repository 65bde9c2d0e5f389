"""The officer finds a file by what is at hand: a name in any spelling, a reference, a permit, a passport."""

import re
from itertools import cycle
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from permits.models import Worker
from tests.factories import permits as make

pytestmark = pytest.mark.django_db
REFERENCE = re.compile(r'<a class="ref" href="/files/([^/"]+)/"')


def found(desk, text, tab="all"):
    page = desk.get("/", {"tab": tab, "q": text})
    assert page.status_code == 200
    return set(REFERENCE.findall(page.content.decode()))


@pytest.fixture
def file(db):
    names = {"surname": "NGUYEN", "given_names": "VAN ĐUC", "surname_hy": "ՍԵՎԱԿՅԱՆ", "given_names_hy": "ՎԱՆ"}
    make.a_submitted_application()
    return make.a_submitted_application(worker={**names, "passport_number": "C7654321"})


@pytest.mark.parametrize("text", ["Nguyễn", "duc nguyen", "Սևակյան", "Севакян", "nguyen van", "սեվակյան"])
def test_by_the_worker_in_three_scripts_any_accent_and_any_order(desk, file, text):
    assert found(desk, text) == {file.reference}


@pytest.mark.parametrize("text", ["C7654321", "c 765-43 21", "С7654321", "C\u200b7654321", " c7654321. "])
def test_by_the_passport_number_as_it_is_typed(desk, file, text):
    assert found(desk, text) == {file.reference}


def test_the_passport_number_is_asked_of_its_index_and_stands_in_no_query(desk, file):
    with CaptureQueriesContext(connection) as asked:
        assert found(desk, "C7654321") == {file.reference}
    assert any('"passport_index" = ' in query["sql"] for query in asked)
    text = Worker._meta.get_field("passport_number")
    assert not any(f'"{text.column}"' in query["sql"].partition(" FROM ")[2] for query in asked)


def spellings(reference):
    prefix, _dash, body = reference.partition("-")
    return [
        f"{prefix}–{body}",
        f"{prefix}\u2011{body}",
        f"{prefix}{body}",
        body,
        f"{prefix.replace('P', 'Р')}-{body}",
        f" {reference.lower()}. ",
        f"{prefix} {body[:4]} {body[4:]}",
        f"\u202a{reference}\u202c",
        f"№ {reference}",
        f"No {reference}",
        f"Permit No. {reference}",
        f"Ref. {reference}",
        f"«{reference}».",
        f"Разрешение № {reference}",
        f"Թույլտվություն {reference}",
    ]


def test_by_its_reference_in_every_spelling(desk, file):
    for text in spellings(file.reference):
        assert found(desk, text) == {file.reference}, text


def test_by_the_beginning_of_its_reference(desk, file):
    assert found(desk, file.reference[:9]) == {file.reference}


def test_by_the_number_of_its_permit_in_every_spelling(desk):
    permit = make.a_permit()
    for text in spellings(permit.number):
        assert found(desk, text, tab="decided") == {permit.application.reference}, text


def test_a_reference_in_the_address_is_read_like_a_typed_one(desk, file):
    for text in spellings(file.reference):
        assert desk.get(f"/files/{quote(text.strip())}/").status_code == 200, text
    assert desk.get("/files/WP-0000000000000/").status_code == 404


def test_a_slip_is_called_one_whether_or_not_such_a_file_exists(desk, monkeypatch):
    drawn = cycle("7K3M9QXD2FH04")  # one in a hundred real ones has no digit: without prefix it may be a name
    monkeypatch.setattr("wpis.references.secrets.choice", lambda _letters: next(drawn))
    file = make.a_submitted_application()
    assert file.reference
    slip = file.reference[:-1] + ("Z" if file.reference[-1] != "Z" else "Y")
    for text in (slip, slip.replace("-", "–"), slip.removeprefix("WP-")):
        page = desk.get("/", {"tab": "all", "q": text}).content.decode()
        assert "One character in this reference is wrong" in page, text
    for text in ("Hambardzumyan", "Ambartsumyants", "Wp"):
        assert (
            "One character in this reference" not in desk.get("/", {"tab": "all", "q": text}).content.decode()
        )


def test_the_employer_is_found_in_every_spelling_too(desk):
    by = make.a_user()
    company = make.an_employer(by, name_en="Çelik Yapı LLC", name_hy="«Չելիք Շին» ՍՊԸ")
    file = make.a_submitted_application(company, by)
    make.a_submitted_application()
    for text in (
        "celik yapi",
        "Челик",
        "շին չելիք",
        company.tax_number,
        f" {company.tax_number[:4]} {company.tax_number[4:]}",
    ):
        assert found(desk, text) == {file.reference}, text
        page = desk.get("/", {"tab": "all", "employer": text})
        assert set(REFERENCE.findall(page.content.decode())) == {file.reference}, text


def test_a_search_costs_as_many_queries_as_the_list(desk, file):
    with CaptureQueriesContext(connection) as all_of_them:
        found(desk, "")
    for text in ("nguyen", file.reference, "C7654321", "P-0000000000000"):
        with CaptureQueriesContext(connection) as asked:
            found(desk, text)
        assert len(asked) <= len(all_of_them), text


@pytest.mark.parametrize("text", ["\u200b", "%", "_", "'", "\\", "-", "x" * 500, "\x00"])
def test_any_text_is_an_answer(desk, file, text):
    assert desk.get("/", {"tab": "all", "q": text}).status_code in (200, 422)


def test_a_process_without_the_key_of_the_index_finds_by_everything_else(desk, settings):
    file = make.a_submitted_application()
    settings.WPIS_INDEX_KEY = ""
    for text in (file.reference, "Sharma"):
        assert str(file.reference) in desk.get("/", {"tab": "all", "q": text}).content.decode()
    assert desk.get("/", {"tab": "all", "q": "N1234567"}).status_code == 200
