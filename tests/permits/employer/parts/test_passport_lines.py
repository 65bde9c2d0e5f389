"""The passport lines on the worker's page: a reading replaces what it covers and says so; Enter saves."""

import re
from html import unescape
from typing import Any

import pytest

from permits.models import Worker
from tests.documents.test_mrz import MRV_A, MRV_B, with_check_digits
from tests.factories import permits as make
from wpis.dates.partial import PartialDate

pytestmark = pytest.mark.django_db


def lines(names: str, *, number: str = "C1234567<", country: str = "IDN", birth: str = "850101") -> str:
    first = f"P<{country}{names}".ljust(44, "<")
    second = f"{number}0{country}{birth}0F3301010" + "<" * 15 + "0"
    return "\n".join(with_check_digits([first, second]))


SUHARTO = lines("SUHARTO")
A = {
    "mrz": "",
    "given_names": "RAJESH KUMAR",
    "surname": "SHARMA",
    "given_names_hy": "Ռաջեշ",
    "surname_hy": "Շարմա",
    "birth_date_day": "27",
    "birth_date_month": "3",
    "birth_date_year": "1991",
    "sex": "M",
    "nationality": "IND",
    "passport_number": "N1234567",
    "passport_issuer": "IND",
    "passport_expires_on_day": "15",
    "passport_expires_on_month": "8",
    "passport_expires_on_year": "2031",
    "phone": "+91 98765 43210",
    "languages": ["hi"],
}
"""A page on which a first person has been entered."""


@pytest.fixture
def address(portal: Any) -> str:
    by = make.a_user()
    portal.sign_in(by)
    return f"/applications/{make.a_draft(make.an_employer(by), by).pk}/worker/"


def read(portal: Any, address: str, **sent: Any) -> str:
    response = portal.post(address, {**sent, "read": "1"})
    return unescape(" ".join(response.content.decode().split()))


def boxes(html: str) -> dict[str, str]:
    """What every text box and chosen answer of the page holds."""
    found = dict(re.findall(r'<input type="text" [^>]*?name="(\w+)"[^>]*? value="([^"]*)"', html))
    for select, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', html):
        found[select] = "".join(re.findall(r'value="(\w*)" selected', options))
    return found


def ticked(html: str, name: str) -> bool:
    return bool(re.search(rf'<input type="checkbox" name="{name}"[^>]* checked', html))


def test_nothing_of_the_person_before_stays_where_the_lines_speak(portal: Any, address: str) -> None:
    html = read(portal, address, **{**A, "mrz": SUHARTO})
    for text in ("RAJESH", "SHARMA<", 'value="SHARMA"', "N1234567", 'value="1991"', 'value="2031"'):
        assert text not in html, text
    held = boxes(html)
    assert (held.get("surname"), held.get("given_names", "")) == ("SUHARTO", "")
    assert (held["nationality"], held["passport_issuer"], held["passport_number"]) == (
        "IDN",
        "IDN",
        "C1234567",
    )
    assert (held["birth_date_day"], held["birth_date_month"], held["birth_date_year"]) == ("1", "1", "1985")
    assert ticked(html, "one_name")
    assert 'value="F" id="id_sex_0" checked' in html or re.search(r'value="F"[^>]*checked', html)


def test_it_says_what_was_replaced_what_was_emptied_and_what_the_lines_do_not_cover(
    portal: Any, address: str
) -> None:
    html = read(portal, address, **{**A, "mrz": SUHARTO})
    replaced, emptied, kept = (
        re.search(f"{words}: ([^.]*)\\.", html)
        for words in ("Replaced", "the passport lines do not give it", "so check them too")
    )
    assert replaced
    assert emptied
    assert kept
    for label in ("Surname", "Date of birth", "Citizenship", "Passport number", "Passport valid until"):
        assert f"“{label}”" in replaced[1]
    assert emptied[1] == "“Given names”"
    for label in (
        "Given names in Armenian letters",
        "Surname in Armenian letters",
        "The worker's own telephone",
    ):
        assert f"“{label}”" in kept[1]


def test_a_first_reading_replaces_nothing_and_says_nothing_of_it(portal: Any, address: str) -> None:
    html = read(portal, address, mrz=SUHARTO, surname_hy="Սուհարտո")
    assert "Compare the details below with the passport" in html
    assert "Error:" not in html
    assert "Replaced" not in html
    assert "Cleared" not in html
    assert 'value="Սուհարտո"' in html


def test_a_second_person_with_two_names_is_not_left_with_one(portal: Any, address: str) -> None:
    html = read(portal, address, mrz=lines("SHARMA<<RAJESH"), surname="SUHARTO", one_name="on")
    held = boxes(html)
    assert (held["given_names"], held["surname"]) == ("RAJESH", "SHARMA")
    assert not ticked(html, "one_name")
    assert "“The worker has only one name”" in html


def test_a_part_of_a_date_replaces_the_whole_of_another(portal: Any, address: str) -> None:
    html = read(portal, address, **{**A, "mrz": lines("SHARMA<<RAJESH", birth="85<<<<")})
    held = boxes(html)
    assert (held.get("birth_date_day", ""), held.get("birth_date_month", "")) == ("", "")
    assert held["birth_date_year"] == "1985"
    assert ticked(html, "birth_date_partial")


def test_an_unknown_code_empties_the_country_of_the_person_before_and_is_quoted(
    portal: Any, address: str
) -> None:
    response = portal.post(address, {**A, "mrz": lines("SHARMA<<RAJESH", country="UTO"), "read": "1"})
    html = unescape(response.content.decode())
    assert "The passport lines say “UTO”" in html
    assert boxes(html)["nationality"] == ""
    armenian = portal.post(address, {"mrz": lines("SARGSYAN<<ANI", country="ARM"), "read": "1"})
    assert "A citizen of Armenia needs no permit" in unescape(armenian.content.decode())


@pytest.mark.parametrize(
    ("printed", "chosen"), [("RKS", "XKK"), ("D<<", "DEU"), ("GBN", "GBR"), ("XXA", "XXA")]
)
def test_what_passports_print_of_a_country_is_found_in_the_list(
    portal: Any, address: str, printed: str, chosen: str
) -> None:
    html = unescape(
        portal.post(address, {"mrz": lines("NAME<<ONE", country=printed), "read": "1"}).content.decode()
    )
    assert boxes(html)["nationality"] == chosen


def test_faulty_lines_change_nothing_that_was_typed(portal: Any, address: str) -> None:
    response = portal.post(address, {**A, "mrz": SUHARTO.replace("C1234567", "C1234568"), "read": "1"})
    assert response.status_code == 422
    held = boxes(response.content.decode())
    assert (held["given_names"], held["surname"], held["passport_number"]) == (
        "RAJESH KUMAR",
        "SHARMA",
        "N1234567",
    )


def test_enter_in_a_box_presses_the_button_that_saves_on_every_page_of_the_form(
    portal: Any, address: str
) -> None:
    for part in ("worker", "terms", "housing", "recruitment"):
        html = portal.get(address.replace("worker", part)).content.decode()
        form = next(form for form in re.findall(r"<form.*?</form>", html, re.S) if "as_read" in form)
        first = re.findall(r"<button[^>]*>", form)[0]
        assert "name=" not in first, part
        assert "formaction" not in first, part


def test_enter_keeps_a_corrected_name_although_the_lines_say_another(portal: Any, address: str) -> None:
    portal.post(address, {**A, "mrz": make.MRZ, "given_names": "RAJESH K."})
    assert Worker.objects.get().given_names == "RAJESH K."


def test_lines_are_stored_as_they_are_printed(portal: Any, address: str) -> None:
    saved = portal.post(address, {"mrz": " ".join(SUHARTO.split("\n")).lower().replace("<", "‹")})
    assert saved.status_code == 302
    assert Worker.objects.get().mrz == SUHARTO


def test_an_only_name_is_saved_in_either_place_and_needs_no_other(portal: Any, address: str) -> None:
    portal.post(address, {"surname": "Suharto", "one_name": "on", "given_names_hy": "Սուհարտո"})
    lacking = portal.get(address.replace("worker/", "")).content.decode()
    for sentence in (
        "Enter the worker's given names",
        "surname in Armenian letters",
        "Enter the worker's surname",
    ):
        assert sentence not in unescape(lacking), sentence
    assert Worker.objects.get().one_name is True


@pytest.mark.parametrize(("given", "family"), [("given_names", "surname"), ("given_names_hy", "surname_hy")])
def test_one_name_beside_two_is_asked_about_and_not_stored(
    portal: Any, address: str, given: str, family: str
) -> None:
    names = {"given_names": "Ali", "surname": "Reza", "given_names_hy": "Ալի", "surname_hy": "Ռեզա"}
    response = portal.post(address, {"one_name": "on", given: names[given], family: names[family]})
    assert response.status_code == 422
    assert "there is only one name" in response.content.decode()
    assert not Worker.objects.get().one_name


def test_a_year_of_birth_is_saved_and_shown_again_with_its_tick(portal: Any, address: str) -> None:
    assert portal.post(address, {"birth_date_year": "1991"}).status_code == 422
    assert portal.post(address, {"birth_date_year": "1991", "birth_date_partial": "on"}).status_code == 302
    assert Worker.objects.get().birth_date == PartialDate(1991)
    html = portal.get(address).content.decode()
    assert ticked(html, "birth_date_partial")
    assert (
        "1991, day and month not known" in portal.get(address.replace("worker/", "check/")).content.decode()
    )


@pytest.mark.parametrize("visa", [MRV_A, MRV_B, [MRV_A[0], MRV_A[1][:9] + "9" + MRV_A[1][10:]]])
def test_a_visa_fills_nothing_and_is_called_a_visa(portal: Any, address: str, visa: list[str]) -> None:
    html = read(portal, address, **{**A, "mrz": "\n".join(visa)})
    assert "These are the lines of a visa" in html
    assert boxes(html)["passport_number"] == A["passport_number"]
    assert "These are the lines of a visa" in unescape(
        portal.post(address, {**A, "mrz": "\n".join(visa)}).content.decode()
    )


CUT = "The names fill the whole line and may be cut off there"


@pytest.mark.parametrize(
    ("names", "given", "cut", "one_name"),
    [
        ("A" * 39, "", True, False),
        ("A" * 30 + "<<BCDEFGH", "BCDEFGH", True, False),
        ("A" * 38 + "<", "", False, True),
        ("SUHARTO", "", False, True),
    ],
)
def test_names_that_fill_the_line_are_to_be_completed_and_are_not_one_name(
    portal: Any, address: str, names: str, given: str, cut: bool, one_name: bool
) -> None:
    html = read(portal, address, mrz=lines(names))
    assert boxes(html).get("given_names", "") == given
    assert (CUT in html) is cut
    assert ticked(html, "one_name") is one_name


def test_mended_lines_fill_the_page_and_the_mending_is_said(portal: Any, address: str) -> None:
    copied = "\u0420" + SUHARTO[1:].replace("850101", "85O101")
    html = read(portal, address, mrz=copied)
    assert boxes(html)["birth_date_year"] == "1985"
    assert (
        "We mended the copied lines: line 1, character 1: “P” instead of “\u0420” (a Cyrillic letter)" in html
    )
    assert "line 2, character 16: “0” instead of “O”." in html


def test_lines_saved_with_a_slip_are_refused_with_what_would_make_them_right(
    portal: Any, address: str
) -> None:
    html = unescape(portal.post(address, {**A, "mrz": SUHARTO.replace("850101", "85O101")}).content.decode())
    assert "They would fit like this: line 2, character 16: “0” instead of “O”." in html
    assert not Worker.objects.get().mrz


def test_the_place_of_what_is_wrong_is_said(portal: Any, address: str) -> None:
    html = read(portal, address, mrz=SUHARTO.replace("SUHARTO", "SUHART\u041e"))
    assert "Line 1, character 12: “\u041e” (a Cyrillic letter)." in html
    html = read(portal, address, mrz=SUHARTO.replace("SUHARTO", "SUHART"))
    assert "Line 1 has 43 characters and not 44." in html
