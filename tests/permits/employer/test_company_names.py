"""A company has its names in the script that their labels say, and a tax number that somebody can have."""

from typing import Any

import pytest

from permits.employer.forms import CompanyForm
from tests.permits.employer import typed

WRONG = {
    "an English name in Cyrillic": ({"name_en": "Севан"}, "name_en", "Latin letters"),
    "an English name in Armenian": ({"name_en": "Սևան LLC"}, "name_en", "Latin letters"),
    "an English name of digits": ({"name_en": "1234"}, "name_en", "Latin letters"),
    "an Armenian name in Latin letters": ({"name_hy": "Sevan LLC"}, "name_hy", "Armenian letters"),
    "an Armenian name in Cyrillic": ({"name_hy": "ООО «Севан»"}, "name_hy", "Armenian letters"),
    "a tax number of zeros": ({"tax_number": "00000000"}, "tax_number", "registration certificate"),
}
RIGHT: list[dict[str, Any]] = [
    {},
    {"name_en": "3M & Sons (Armenia) «Café», Ltd."},
    {"name_hy": "«IBM Armenia» ՍՊԸ"},
    {"tax_number": "00123456"},
]


def checked(changes: dict[str, Any]) -> CompanyForm:
    form = CompanyForm({**typed.COMPANY, **changes})
    form.is_valid()
    return form


@pytest.mark.parametrize("name", WRONG)
def test_the_wrong_script_is_said_at_its_field(name: str) -> None:
    changes, field, words = WRONG[name]
    errors = checked(changes).errors
    assert list(errors) == [field]
    assert words in errors[field][0]


@pytest.mark.parametrize("changes", RIGHT)
def test_brands_digits_and_signs_are_no_reason_to_refuse(changes: dict[str, Any]) -> None:
    assert checked(changes).errors == {}
