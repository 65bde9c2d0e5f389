"""An occupation is found by what people call it; the obvious one is taken, the others are offered."""

from csv import DictReader
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from wpis.classifications.occupations import LANGUAGES, everyday_words, occupation_title, titled, titles
from wpis.search.occupations import OFFERED, code_of_title, meant, offered, suggestions


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("cook", "5120"),
        ("Cooks", "5120"),
        ("повар", "5120"),
        ("повара", "5120"),
        ("խոհարար", "5120"),
        ("խոհարարներ", "5120"),
        ("khoharar", "5120"),
        ("povar", "5120"),
        (" 5120 ", "5120"),
        ("Cooks (5120)", "5120"),
        ("повар: Повара (5120)", "5120"),
        ("welder", "7212"),
        ("СВАРЩИК", "7212"),
        ("եռակցող", "7212"),
        ("taxi driver", "8322"),
        ("таксист", "8322"),
        ("шахтер", "8111"),
        ("шахтёр", "8111"),
        ("mason", "7112"),
        ("որմնադիր", "7112"),
    ],
)
def test_the_obvious_one_is_taken(typed, code):
    assert meant(typed) == code


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("driver", {"8322", "8331", "8332"}),
        ("водитель", {"8322", "8331", "8332"}),
        ("nurse", {"2221", "3221"}),
        ("շինարար", {"7111", "7119", "9313"}),
        ("engineer", {"2142", "2144"}),
        ("teacher", {"2330", "2341"}),
        ("bricklayr", {"7112"}),
    ],
)
def test_what_may_mean_several_or_is_misspelled_is_offered_and_never_taken(typed, among):
    assert meant(typed) == ""
    assert among <= set(offered(typed))


@pytest.mark.parametrize("typed", ["", " ", "ઇઇઇ", "0000", "9999", "Yerevan", "\u200b"])
def test_what_is_no_occupation_is_neither(typed):
    assert meant(typed) == ""
    assert offered(typed) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_leads_to_its_own_unit_group(language):
    with override(language):
        wrong = [
            code
            for code in titles()
            if meant(titles()[code][language]) != code or meant(titled(code)) != code
        ]
    assert wrong == []


def test_every_everyday_word_leads_to_its_unit_group_at_once_or_by_a_choice():
    lost = [
        (code, word.strip())
        for code, words in everyday_words().items()
        for language in LANGUAGES
        for word in words[language].split(",")
        if code not in {meant(word), *offered(word)}
    ]
    assert lost == []
    assert everyday_words().keys() <= titles().keys()


@given(st.text(max_size=150))
def test_any_text_has_an_answer_of_bounded_length(text):
    assert len(offered(text)) <= OFFERED
    assert all(meant(line) for line in suggestions(text))


def test_a_suggestion_holds_what_was_typed_so_that_the_browser_shows_it_and_is_read_back():
    with override("ru"):
        lines = suggestions("таксист")
    assert lines[0] == "таксист: Водители легковых автомобилей, такси и фургонов (8322)"
    assert meant(lines[0]) == "8322"


def test_a_title_of_a_signed_code_is_known_again_also_where_it_was_shortened():
    for code in titles():
        assert code_of_title(occupation_title(code, "en")[:80]) == code
    assert code_of_title("Nothing of ours") == ""


def everyday():
    with (Path(__file__).parent / "everyday.csv").open() as lines:
        return [(row["typed"], row["taken"], set(row["offered"].split())) for row in DictReader(lines)]


@pytest.mark.parametrize(("typed", "taken", "among"), everyday())
def test_an_everyday_word_is_taken_or_shows_its_choices(typed, taken, among):
    assert meant(typed) == taken
    assert among <= set(offered(typed))
    with override("ru"):
        assert all(meant(line) for line in suggestions(typed))


def test_a_code_is_suggested_with_its_title_in_a_line_that_holds_what_was_typed():
    with override("en"):
        for typed in ("5120", "isco 5120", "512", "ISCO-08: 5120"):
            lines = suggestions(typed)
            assert any("Cooks (5120)" in line and typed in line for line in lines), typed
            assert meant(lines[0]) == "5120"
