"""The unit groups of ISCO-08."""

import re

from django.utils.translation import override

from wpis.classifications.occupations import LANGUAGES, occupation_title, occupations, titled, titles


def test_there_are_436_unit_groups_by_four_digits() -> None:
    codes = [code for code, _label in occupations()]
    assert len(codes) == 436
    assert codes == sorted(codes)
    assert all(len(code) == 4 and code.isdigit() for code in codes)


def test_every_title_is_in_the_language_of_the_reader() -> None:
    with override("hy"):
        assert occupation_title("0110") == "Զինված ուժերի սպաներ"
        assert occupation_title("0110", "en") == "Commissioned armed forces officers"
    with override("ru"):
        assert titled("7123") == "Штукатуры (7123)"
        assert occupation_title("0110", "hy") == "Զինված ուժերի սպաներ"


def test_no_two_unit_groups_have_one_title_in_a_language() -> None:
    for language in LANGUAGES:
        assert len({title[language] for title in titles().values()}) == 436


def test_a_title_is_written_in_the_letters_of_its_language() -> None:
    for code, title in titles().items():
        assert re.search("[\u0400-\u04ff]", title["ru"]), code
        assert not re.search("[A-Za-z\u0530-\u058f]", title["ru"]), code
        assert re.search("[\u0530-\u058f]", title["hy"]), code


def test_a_code_that_is_none_of_ours_is_shown_as_it_is() -> None:
    assert occupation_title("9999") == "9999"
