"""Languages have names in every language of the pages."""

import pytest
from django.utils.translation import override

from wpis.classifications.languages import LANGUAGES, language_name


@pytest.mark.parametrize("language", ["hy", "ru"])
def test_the_forms_offer_a_language_by_the_name_that_other_pages_give_it(language: str) -> None:
    with override(language):
        for code, label in LANGUAGES:
            assert str(label).lower() == language_name(code).lower()


def test_a_name_is_written_as_within_a_sentence() -> None:
    with override("ru"):
        assert language_name("ka") == "грузинский"
    with override("hy"):
        assert language_name("tg") == "տաջիկերեն"


def test_a_code_that_nobody_knows_is_shown_as_it_is() -> None:
    assert language_name("xx-none") == "xx-none"
