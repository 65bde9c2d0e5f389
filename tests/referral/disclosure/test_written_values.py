"""Values of the catalogue are written by the one writer of the service."""

from typing import Any

import pytest
from django.utils.translation import override

from referral.disclosure import presenters
from referral.shared_fields.catalogue import Kind
from wpis.formatting import values

ONLY_HERE = {Kind.TEXT, Kind.SENTENCES, *presenters.ANSWERS}


def test_every_kind_of_the_catalogue_is_one_of_the_writer_or_of_this_room() -> None:
    assert {kind.value for kind in Kind if kind not in ONLY_HERE} <= {kind.value for kind in values.Kind}


@pytest.mark.parametrize(
    ("field", "raw", "shown"),
    [
        ("alias", None, "Not recorded"),
        ("alias", "Sona", "Sona"),
        ("weekly_hours", 40.0, "40"),
        ("gross_wage", 250_000, "250\u00a0000\u00a0֏"),
        ("birth_date", "1991-03-27", "27.03.1991"),
        ("birth_date", "1991-03", "03.1991, day not known"),
        ("birth_date", "1991", "1991, day and month not known"),
        ("contract_dates", ["2027-01-01", "2027-12-31"], "01.01.2027 – 31.12.2027"),
        ("child", False, "No"),
        ("sex", "F", "Female"),
        ("sex", "X", "X"),
        ("citizenship", "NPL", "Nepal"),
        ("work_province", "AM-SH", "Shirak"),
        ("spoken_language", "ne", "Nepali"),
        ("languages", ["ne", "ka"], "Nepali, Georgian"),
        ("interviewer_wish", "woman", "A woman"),
        ("findings", [{"en": "One.", "hy": "Մեկ։"}], ["One."]),
    ],
)
def test_a_value_is_written_as_its_kind_asks(field: str, raw: Any, shown: str | list[str]) -> None:
    with override("en"):
        assert presenters.value(field, raw) == shown
