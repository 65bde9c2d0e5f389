"""A telephone number is kept whole, with its extension, or refused in words; nothing of it vanishes."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from wpis.formatting.masks import PHONE
from wpis.formatting.phones import phone_number
from wpis.ui.fields import PhoneField

WITH_EXTENSION = [
    "+374 10 123456 ext. 12",
    "+374 10 123456 ext 12",
    "+374 10 123456 extension 12",
    "+374 10 123456x12",
    "+374 10 123456 #12",
    "+374 10 123456, 12",
    "+37410123456;ext=12",
    "tel:+374-10-123456;ext=12",
    "010 123456 доб. 12",
    "010 123456 вн. 12",
    "010 123456 ներքին 12",
    "010 123456 ներք. 12",
    "Tel. 010 123456 ext.12",
    "+374 10 123456 (ext 12)",
    "+374 10 123456 (ext. 12)",
    "+374 10 123456 [ext 12]",
    "+374 10 123456 ext:12",
    "+374 10 123456 Ext-12",
    "010 123456 доб.(12)",
    "010 123456 (доб. 12)",
    "010 123456 доп. 12",
    "010 123456 (ներքին 12)",
    "010 123456 լր. 12",
    "+374 10 123456 ext. 1\u200b2",
    "＋３７４ １０ １２３４５６ ext. １２",
]


@pytest.mark.parametrize("typed", WITH_EXTENSION)
def test_an_extension_is_kept(typed):
    assert PhoneField().clean(typed) == "+37410123456;ext=12"


@pytest.mark.parametrize(
    "typed",
    [
        "\u202a+374 10 123456\u202c",
        "010\u200b123456",
        "+374\u00a010\u2011123456",
        "٠١٠ ١٢٣٤٥٦",
        "010/123456",
        "00374 10 123456",
    ],
)
def test_a_number_with_signs_that_nobody_sees_or_other_digits_is_that_number(typed):
    assert PhoneField().clean(typed) == "+37410123456"


@pytest.mark.parametrize(
    "typed",
    [
        "010 123456/099 123456",
        "010 123456, 099 123456",
        "010 123456; 099 123456",
        "010 123456 or 099 123456",
        "010 123456 или 099 123456",
        "010 123456 կամ 099 123456",
        "+374 10 123456 +374 99 123456",
        "+37410123456\n+37499123456",
    ],
)
def test_two_numbers_are_refused_in_words(typed):
    with pytest.raises(ValidationError, match="one phone number"):
        PhoneField().clean(typed)


@pytest.mark.parametrize(
    "typed", ["+1 800 FLOWERS", "0lO 123456", "010 123456 Ani", "ask Ani 010123456", "О10 123456"]
)
def test_letters_are_refused_in_words_and_never_dialled(typed):
    with pytest.raises(ValidationError, match="digits only"):
        PhoneField().clean(typed)


@pytest.mark.parametrize(
    "typed", ["010 123456 ext. 123456789012", "010 123456 ext.", "+374", "12", "()", "+374 10 123456 !"]
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValidationError):
        PhoneField().clean(typed)


@pytest.mark.parametrize("language", ["en", "hy", "ru"])
def test_a_stored_number_is_shown_with_its_extension_and_read_back(language):
    with override(language):
        shown = phone_number("+37410123456;ext=12")
        assert "10 123456" in shown
        assert shown.endswith("12")
        assert ";" not in shown
        assert PhoneField().clean(shown) == "+37410123456;ext=12"


def test_a_mask_covers_the_number_and_not_its_extension_alone():
    assert PHONE.both_ends("+37410123456;ext=12") == "+••••456"
    assert PHONE.end_only("+37410123456;ext=12") == "••••56"
