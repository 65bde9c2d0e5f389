"""Programs file people whose passports say less than others', with the words and limits of the pages."""

from typing import Any

import pytest
from django.utils import timezone

from permits.models import Application, Worker
from tests.documents.test_mrz import MRV_A, MRV_B
from tests.documents.test_mrz_as_copied import COPIES, WHOLE
from tests.factories import permits as make
from wpis.dates.partial import PartialDate

pytestmark = pytest.mark.django_db


def refused(response: Any) -> Any:
    assert response.status_code == 400, response.content
    return response.json()


@pytest.mark.parametrize("printed", ["RKS", "XKX", "XKK"])
def test_kosovo_is_one_country_whatever_its_passports_print(program: Any, printed: str) -> None:
    draft = program.post("", {"worker": {"nationality": printed, "passport_issuer": printed}})
    assert draft.status_code == 201, draft.content
    worker = Worker.objects.get()
    assert (worker.nationality, worker.passport_issuer) == ("XKK", "XKK")


@pytest.mark.parametrize("code", ["XXA", "XXB", "XXC", "XXX"])
def test_people_without_a_citizenship_have_a_code(program: Any, code: str) -> None:
    assert program.post("", {"worker": {"nationality": code, "passport_issuer": "ARM"}}).status_code == 201
    assert Worker.objects.get().nationality == code
    refused(program.post("", {"worker": {"passport_issuer": code}}))


@pytest.mark.parametrize("code", ["ARM", "QUU", "EUE", "ZZZ", "XAA", "ATX"])
def test_what_no_applicant_is_a_citizen_of_is_refused(program: Any, code: str) -> None:
    assert "nationality" in str(refused(program.post("", {"worker": {"nationality": code}})))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("1991", PartialDate(1991)),
        ("1991-03", PartialDate(1991, 3)),
        ("1991-03-27", PartialDate(1991, 3, 27)),
        ("", None),
        (None, None),
    ],
)
def test_a_date_of_birth_may_be_a_part_of_one(program: Any, sent: Any, kept: Any) -> None:
    assert program.post("", {"worker": {"birth_date": sent}}).status_code == 201
    assert Worker.objects.get().birth_date == kept


@pytest.mark.parametrize(
    "sent", ["91", "1991-3", "1991-02-30", "1991-13", "3000", "1899", "27.03.1991", "2999-01"]
)
def test_what_is_no_date_of_birth_is_refused(program: Any, sent: Any) -> None:
    assert "birth_date" in str(refused(program.post("", {"worker": {"birth_date": sent}})))


def test_one_name_and_two_names_exclude_each_other_also_in_pieces(program: Any) -> None:
    draft = program.post("", {"worker": {"one_name": True, "surname": "SUHARTO"}}).json()
    assert "one_name" in str(refused(program.put(f"/{draft['id']}", {"worker": {"given_names": "ALI"}})))
    swapped = program.put(f"/{draft['id']}", {"worker": {"given_names": "SUHARTO", "surname": ""}})
    assert swapped.status_code == 200, swapped.content


def test_who_has_one_name_lacks_no_second_one(program: Any) -> None:
    parts = make.answers(timezone.localdate(), worker={"surname": "", "given_names_hy": "", "one_name": True})
    lacking = program.post("", {"language": "en", **parts}).json()["missing"]
    assert {item["part"] for item in lacking} == {"documents"}
    parts["worker"]["one_name"] = False
    again = program.put(f"/{Application.objects.get().pk}", {"worker": {"one_name": False}}).json()["missing"]
    assert {item["field"] for item in again if item["part"] == "worker"} == {"surname", "given_names_hy"}


def test_names_are_kept_in_one_spelling_and_a_refused_sign_is_quoted(program: Any) -> None:
    assert program.post("", {"worker": {"surname": "O\u2018Neill\u2011Jose\u0301"}}).status_code == 201
    assert Worker.objects.get().surname == "O'Neill-José"
    assert "(a Cyrillic letter)" in str(refused(program.post("", {"worker": {"surname": "\u0410li"}})))


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
def test_copied_lines_are_kept_as_they_are_printed(program: Any, copied: str) -> None:
    assert program.post("", {"worker": {"mrz": copied}}).status_code == 201
    assert Worker.objects.get().mrz == WHOLE


@pytest.mark.parametrize("visa", [MRV_A, MRV_B])
def test_the_lines_of_a_visa_are_refused_in_words(program: Any, visa: list[str]) -> None:
    answer = program.post("", {"worker": {"mrz": "\n".join(visa)}})
    assert answer.status_code == 400
    assert "lines of a visa" in answer.json()["fields"]["worker.mrz"][0]


def test_passport_lines_with_a_slip_are_refused_with_their_place_and_its_mending(program: Any) -> None:
    slip = WHOLE.replace("7408122", "74O8122")
    said = str(refused(program.post("", {"worker": {"mrz": slip}})))
    assert "line 2, character 16: “0” instead of “O”" in said
    said = str(refused(program.post("", {"worker": {"mrz": WHOLE.replace("L898902C3", "L898902C4")}})))
    assert "Line 2, characters 1 to 10: “L898902C46”." in said
