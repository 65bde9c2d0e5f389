"""The marzes of Armenia."""

from django.utils import translation

from wpis.classifications.provinces import Province, province_name


def test_there_are_eleven_with_codes_of_iso_3166_2_the_capital_first() -> None:
    assert sorted(Province.values) == [
        *("AM-AG", "AM-AR", "AM-AV", "AM-ER", "AM-GR", "AM-KT"),
        *("AM-LO", "AM-SH", "AM-SU", "AM-TV", "AM-VD"),
    ]
    assert Province.values[0] == "AM-ER"


def test_each_has_its_own_name_in_the_reader_s_language() -> None:
    with translation.override("hy"):
        assert province_name("AM-VD") == "Վայոց Ձոր"
        assert len({str(label) for label in Province.labels}) == 11
    with translation.override("en"):
        assert province_name("AM-VD") == "Vayots Dzor"


def test_a_code_that_is_none_of_ours_is_shown_as_it_is() -> None:
    assert province_name("GE-TB") == "GE-TB"
