"""Dates in boxes: months by name, and parts that are said to be unknown."""

from datetime import date
from typing import Any

import pytest

from wpis.dates.partial import PartialDate
from wpis.ui.fields import DateField, PartialDateField
from wpis.ui.forms import Form


class Born(Form):
    """One of each kind."""

    born = PartialDateField(label="Date of birth", required=False)
    expires = DateField(label="Valid until", required=False)


def sent(name: str, day: str = "", month: str = "", year: str = "", **more: str) -> dict[str, str]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year, **more}


UNKNOWN = {"born_partial": "on"}


@pytest.mark.parametrize(
    ("boxes", "found"),
    [
        (sent("born", "27", "3", "1991"), PartialDate(1991, 3, 27)),
        (sent("born", "27", "Mar", "1991"), PartialDate(1991, 3, 27)),
        (sent("born", "", "3", "1991", **UNKNOWN), PartialDate(1991, 3)),
        (sent("born", "", "մարտ", "1991", **UNKNOWN), PartialDate(1991, 3)),
        (sent("born", "", "", "1991", **UNKNOWN), PartialDate(1991)),
        (sent("born", "27", "3", "1991", **UNKNOWN), PartialDate(1991, 3, 27)),
        ({"born": "1991"}, PartialDate(1991)),
        ({"born": "1991-03"}, PartialDate(1991, 3)),
        (sent("born"), None),
        (sent("born", **UNKNOWN), None),
    ],
)
def test_what_is_known_is_read(boxes: dict[str, str], found: Any) -> None:
    form = Born(boxes)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == found


@pytest.mark.parametrize(
    ("boxes", "said", "box"),
    [
        (sent("born", "", "3", "1991"), "Enter the day too, or tick", "id_born_day"),
        (sent("born", "", "", "1991"), "Enter the day and month too, or tick", "id_born_day"),
        (sent("born", "27", "", "1991", **UNKNOWN), "Enter the month too", "id_born_month"),
        (sent("born", "", "3", "", **UNKNOWN), "Enter at least the year", "id_born_year"),
        (sent("born", "30", "2", "1991", **UNKNOWN), "does not exist", "id_born_day"),
        (sent("born", "1", "Ma", "1991"), "or by its name", "id_born_month"),
        (
            sent("expires", "", "3", "2031", **{"expires_partial": "on"}),
            "Enter the day too",
            "id_expires_day",
        ),
    ],
)
def test_what_is_forgotten_is_asked_for_at_its_box(boxes: dict[str, str], said: str, box: str) -> None:
    form = Born(boxes)
    ((target, message),) = form.problems()
    assert said in message
    assert target == box


@pytest.mark.parametrize("known", [PartialDate(1991), PartialDate(1991, 3), PartialDate(1991, 3, 27)])
def test_a_stored_date_is_shown_with_its_tick_and_comes_back_the_same(known: PartialDate) -> None:
    shown = str(Born(initial={"born": known})["born"])
    assert ("checked" in shown) is (known.whole is None)
    assert 'value="1991"' in shown
    assert 'value="None"' not in shown
    assert Born({"born": str(known)}, initial={"born": known}).changed_data == []


def test_typed_boxes_and_tick_are_kept_when_something_is_wrong() -> None:
    shown = str(Born(sent("born", "x", "Mar", "1991", **UNKNOWN))["born"])
    assert 'value="x"' in shown
    assert 'value="Mar"' in shown
    assert "checked" in shown


def test_a_whole_date_takes_a_month_by_name_too() -> None:
    form = Born(sent("expires", "15", "августа", "2031"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["expires"] == date(2031, 8, 15)
