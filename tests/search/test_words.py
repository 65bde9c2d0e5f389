"""Names are found in any script, spelling, accent and order."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpis.search.words import WORDS, matches, named, search_text

STORED_AND_TYPED = [
    ("Nguyễn Văn Đức", "Nguyen"),
    ("Nguyễn Văn Đức", "duc nguyen"),
    ("NGUYEN", "Nguyễn"),
    ("NGUYEN", "Нгуен"),
    ("Սևակյան", "Սեվակյան"),
    ("Սեվակյան", "Սևակյան"),
    ("Սեւակյան", "սեվակյան"),
    ("SEVAKYAN", "Սևակյան"),
    ("SEVAKYAN", "Севакян"),
    ("Սևակյան", "sevakian"),
    ("Մկրտչյան", "Mkrtchyan"),
    ("KHACHATRYAN", "Хачатрян"),
    ("ՈՍԿԱՆՅԱՆ", "Voskanyan"),
    ("Müller", "Mueller"),
    ("MUELLER", "Müller"),
    ("MULLER", "müller"),
    ("Øystein", "oystein"),
    ("Łukasz", "lukasz"),
    ("Jean-Pierre", "jeanpierre"),
    ("JEAN PIERRE", "jean‑pierre"),
    ("O’Brien", "obrien"),
    ("Zoe\u0301", "zoé"),
    ("MOHAMMED", "Мохаммед"),
    ("王小明", "王小明"),
    ("राजेश", "राजेश"),
]


@pytest.mark.parametrize(("stored", "typed"), STORED_AND_TYPED)
def test_a_name_is_found_as_people_type_it(stored, typed):
    assert matches(search_text([stored]), typed)


@pytest.mark.parametrize("typed", ["", " ", "\u200b", "-", "Sharma Perera", "nguyenx"])
def test_nothing_and_another_name_find_nobody(typed):
    assert not matches(search_text(["SHARMA RAJESH"]), typed)


@given(st.lists(st.text(max_size=30), max_size=4), st.text(max_size=120))
def test_any_text_can_be_looked_for(names, typed):
    matches(search_text(names), typed)
    named("search_text", typed)


@given(st.text(st.characters(categories=["Lu", "Ll"]), min_size=3, max_size=30))
def test_whoever_types_the_name_as_it_is_stored_finds_it(name):
    assert matches(search_text([name, "SHARMA"]), name)


def test_a_long_text_asks_for_its_first_words_alone():
    question = named("search_text", "a b c d e f g h i")
    assert question is not None
    assert len(question.children) == WORDS


def test_no_search_in_the_house_compares_names_in_a_way_of_its_own():
    """`icontains` finds neither Nguyễn nor Սևակյան."""
    root = Path(__file__).parents[2]
    found = [
        str(file)
        for app in ("wpis", "permits", "alerts", "referral")
        for file in (root / app).rglob("*.py")
        if "migrations" not in file.parts and "__icontains" in file.read_text()
    ]
    assert found == []
