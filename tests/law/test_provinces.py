"""The marzes of Armenia."""

from wpis.law.provinces import BY_CODE, CHOICES, PROVINCES


def test_there_are_eleven_with_codes_of_iso_3166_2() -> None:
    assert sorted(BY_CODE) == [
        *("AM-AG", "AM-AR", "AM-AV", "AM-ER", "AM-GR", "AM-KT"),
        *("AM-LO", "AM-SH", "AM-SU", "AM-TV", "AM-VD"),
    ]
    assert PROVINCES[0].name.en == "Yerevan"


def test_each_has_an_english_and_an_armenian_name() -> None:
    assert BY_CODE["AM-VD"].name.in_language("hy") == "Վայոց Ձոր"
    assert BY_CODE["AM-VD"].name.in_language("en") == "Vayots Dzor"
    assert len({province.name.hy for province in PROVINCES}) == 11
    assert CHOICES[0] == ("AM-ER", "Yerevan")
