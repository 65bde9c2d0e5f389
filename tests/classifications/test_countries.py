"""Which countries there are, what they are called, and what was once on the list."""

import pytest
from django.utils.translation import override

from wpis.classifications.countries import citizenships, countries, country_name, country_of

NO_COUNTRY = ["ASC", "CPT", "DGA", "QUU", "TAA", "XAA", "XBB", "ZZZ"]
"""What the first release offered out of the CLDR: islands of other countries, the Union, test locales."""
OUT_OF_USE = ["ANT", "BUR", "DDR", "SUN", "YUG"]


@pytest.mark.parametrize("language", ["en", "hy", "ru"])
def test_every_country_of_iso_3166_has_a_name_of_its_own(language: str) -> None:
    with override(language):
        named = dict(countries())
    assert len(named) == 250, "249 of ISO 3166-1, and Kosovo"
    assert len(set(named.values())) == 250
    assert not any(name in named or not name.strip() for name in named.values())


@pytest.mark.parametrize(
    ("language", "north", "south", "america"),
    [
        ("en", "North Korea", "South Korea", "United States"),
        ("hy", "Հյուսիսային Կորեա", "Հարավային Կորեա", "Միացյալ Նահանգներ"),
        ("ru", "КНДР", "Республика Корея", "Соединенные Штаты"),
    ],
)
def test_names_are_those_of_the_reader_s_language_and_of_the_right_country(
    language: str, north: str, south: str, america: str
) -> None:
    with override(language):
        assert (country_name("PRK"), country_name("KOR"), country_name("USA")) == (north, south, america)


def test_they_stand_in_the_order_of_their_names() -> None:
    with override("ru"):
        names = [name for _code, name in countries()]
    assert names == sorted(names)


@pytest.mark.parametrize("code", [*NO_COUNTRY, *OUT_OF_USE, "IN", "ind", ""])
def test_what_is_no_country_is_not_offered(code: str) -> None:
    assert code not in dict(countries())


def test_what_was_offered_once_is_still_readable() -> None:
    with override("en"):
        assert country_name("DGA") == "Diego Garcia"
        assert country_name("QUU") == "European Union"
        assert country_name("QQQ") == "QQQ"


def test_a_language_that_the_cldr_does_not_know_reads_english() -> None:
    with override("zz"):
        assert country_name("IND") == "India"


WITHOUT = ["XXA", "XXB", "XXC", "XXX"]


@pytest.mark.parametrize("language", ["en", "hy", "ru"])
def test_people_without_a_citizenship_choose_what_their_passport_prints(language: str) -> None:
    with override(language):
        named = dict(citizenships())
        assert list(named)[-4:] == WITHOUT
        assert len(set(named.values())) == len(named) == 253, "250 countries without Armenia, and four"
        for code in WITHOUT:
            assert code in named[code], "so that it can be compared with the passport"
            assert country_name(code) == named[code]
    with override("en"):
        english = dict(citizenships())
    assert language == "en" or all(named[code] != english[code] for code in WITHOUT)


def test_armenia_issues_passports_and_its_citizens_need_no_permit() -> None:
    assert "ARM" in dict(countries())
    assert "ARM" not in dict(citizenships())
    assert not set(WITHOUT) & set(dict(countries())), "no state, so no issuer"


@pytest.mark.parametrize(
    ("printed", "kept"), [("RKS", "XKK"), ("XKX", "XKK"), ("D", "DEU"), ("GBN", "GBR"), ("IND", "IND")]
)
def test_other_codes_of_a_country_are_that_country(printed: str, kept: str) -> None:
    assert country_of(printed) == kept
    assert country_name(printed) == country_name(kept)
    assert kept in dict(countries())
    assert printed == kept or printed not in dict(countries())


def test_no_code_is_offered_twice_under_two_names() -> None:
    assert len({country_of(code) for code, _name in citizenships()}) == len(citizenships())
