"""Names in one comparable form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpis.documents.names import normalise


@pytest.mark.parametrize("spelling", ["Սևակ", "Սեվակ", "Սեւակ", "ՍԵՎԱԿ", "ՍԵՒԱԿ", "  սևակ "])
def test_every_spelling_of_the_armenian_ligature_is_one_name(spelling: str) -> None:
    assert normalise(spelling) == "սեվակ"


def test_the_armenian_letter_u_stays_what_it_is() -> None:
    assert normalise("Թումանյան") == "թումանյան"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ANNA  MARIA", "anna maria"),
        ("Anna-Maria", "ANNA MARIA"),
        ("O'Connor", "OConnor"),
        ("O’Connor", "OConnor"),
        ("José", "JOSE"),
        ("Jose\u0301", "José"),
        ("Groß", "GROSS"),
        ("Anna\u200b", "Anna"),
        ("ＡＮＮＡ", "anna"),
        ("Anna\u00a0Maria", "Anna Maria"),
        ("«Գրանդ» ՍՊԸ", "գրանդ սպը"),
    ],
)
def test_spellings_of_one_name_compare_equal(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(("one", "other"), [("Anna", "Ana"), ("राम", "रम"), ("Ани", "Ann"), ("और", "अर")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_a_name_of_signs_only_is_empty() -> None:
    assert normalise(" -- ") == ""


@given(st.text())
def test_a_normalised_name_is_stable(name: str) -> None:
    once = normalise(name)
    assert normalise(once) == once
    assert once == once.strip()
    assert "  " not in once


@given(st.text(alphabet="ԱԲԳԵՎաբգեվւև ABCabcéÉ"))
def test_case_never_matters(name: str) -> None:
    assert normalise(name) == normalise(name.upper()) == normalise(name.lower())
