"""Equal things written differently compare equal, and different things do not."""

import pytest

from alerts.facts import normalization


@pytest.mark.parametrize(
    "written",
    [
        "Abovyan 12, Yerevan",
        "ք. Երևան, Աբովյան փ. 12",
        "ք. Երեւան, Աբովյանի փողոց 12",
        "ԵՐԵՎԱՆ ԱԲՈՎՅԱՆ 12",
        "12 Abovian St.",
        "ул. Абовяна, д. 12",
        "Republic of Armenia, Yerevan city, Abovyan street, building 12",
    ],
)
def test_one_address_in_three_scripts_is_one_address(written: str) -> None:
    assert normalization.address(written, "AM-ER") == "AM-ER abovyan 12"


@pytest.mark.parametrize(
    "other",
    ["Abovyan 21, Yerevan", "Abovyan 12/4, Yerevan", "Abovyan 12a, Yerevan", "Komitas 12, Yerevan"],
)
def test_another_house_is_another_address(other: str) -> None:
    assert normalization.address(other, "AM-ER") != normalization.address("Abovyan 12, Yerevan", "AM-ER")


def test_the_same_street_in_another_province_is_another_address() -> None:
    assert normalization.address("Abovyan 12", "AM-SH") != normalization.address("Abovyan 12", "AM-ER")


def test_house_and_flat_do_not_swap() -> None:
    assert normalization.address("Abovyan 12, apt. 4") != normalization.address("Abovyan 4, apt. 12")


@pytest.mark.parametrize("vague", ["", None, "Yerevan", "Գյումրի", "12", "village", "ք. Երևան"])
def test_a_place_without_name_and_number_is_no_address(vague: str | None) -> None:
    assert normalization.address(vague, "AM-ER") == ""


@pytest.mark.parametrize(
    "written", ["+374 91 123456", "091 12-34-56", "(091)123456", "0037491123456", "00374 91 123456"]
)
def test_one_number_in_many_spellings_is_one_number(written: str) -> None:
    assert normalization.phone(written) == "+37491123456"


@pytest.mark.parametrize("nothing", [None, "", "-", "none", "12"])
def test_what_is_no_number_is_nothing(nothing: str | None) -> None:
    assert normalization.phone(nothing) in ("", "+37412")
    assert normalization.phone(None) == ""


def test_mail_ignores_case_tags_and_the_dots_of_gmail() -> None:
    assert normalization.email(" R.Avi+work@GMail.com ") == "ravi@gmail.com"
    assert normalization.email("r.avi@mail.ru") == "r.avi@mail.ru"
    assert normalization.email("nobody") == normalization.email("@x.am") == normalization.email(None) == ""


def test_an_account_is_its_letters_and_digits() -> None:
    assert normalization.account("am12 3456-7890") == "AM1234567890"
    assert normalization.account(None) == ""


def test_a_recruiter_is_a_name_in_a_country() -> None:
    assert normalization.name("«Գլոբալ» ՍՊԸ", "ARM") == normalization.name("Global SPY", "ARM")
    assert normalization.name("Global", "ARM") != normalization.name("Global", "IND")
    assert normalization.name("", "IND") == ""


def test_an_extension_makes_no_other_telephone() -> None:
    """Who answers behind one line shares it."""
    for written in ("+37410123456;ext=12", "+37410123456;ext=34", "010 123456"):
        assert normalization.phone(written) == "+37410123456"
