"""The unit groups of ISCO-08."""

from django.utils.translation import override

from wpis.classifications.occupations import occupation_title, occupations, titled


def test_there_are_436_unit_groups_by_four_digits() -> None:
    codes = [code for code, _label in occupations()]
    assert len(codes) == 436
    assert codes == sorted(codes)
    assert all(len(code) == 4 and code.isdigit() for code in codes)


def test_titles_are_armenian_for_armenian_readers_and_english_for_all_others() -> None:
    with override("hy"):
        assert occupation_title("0110") == "Զինված ուժերի սպաներ"
        assert occupation_title("0110", "en") == "Commissioned armed forces officers"
    with override("ru"):
        assert titled("0110") == "Commissioned armed forces officers (0110)"
        assert occupation_title("0110", "hy") == "Զինված ուժերի սպաներ"


def test_a_code_that_is_none_of_ours_is_shown_as_it_is() -> None:
    assert occupation_title("9999") == "9999"
