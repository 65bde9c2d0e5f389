"""The analyst's rows: laid out by hand for what is known today, and by declaration for what is declared later."""

import pytest

from alerts.triage import presenters
from permits.feed import described
from tests.factories.records import a_record


def rows_of(record):
    cards = (presenters.worker, presenters.employer, presenters.job, presenters.arrangements)
    return [row for card in cards for row in card(record)]


def test_what_is_laid_out_today_is_all_that_is_declared_today() -> None:
    declared = {f"{part.name}.{row.name}" for part in described(a_record()) for row in part.rows}
    assert declared == presenters.LAID_OUT


@pytest.mark.parametrize(
    ("field", "value", "row"),
    [
        ("terms.penalty_clause", True, ("The worker must pay when leaving early", "Yes")),
        ("housing.capacity", 12, ("Beds in the house", "12")),
        ("worker.passport_number", "N7654321", ("Passport number", "••••21")),
    ],
)
def test_a_field_that_is_declared_later_follows_by_itself_and_stays_covered(
    field: str, value: object, row: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    part, name = field.split(".")
    record = a_record(**{part: {name: value}})
    assert row not in rows_of(record)
    monkeypatch.setattr(presenters, "LAID_OUT", presenters.LAID_OUT - {field})
    assert rows_of(record).count(row) == 1


def test_nationality_and_sex_are_never_among_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presenters, "LAID_OUT", frozenset())
    record = a_record(worker={"nationality": "IND", "sex": "M"})
    assert not {"India", "Male"} & {str(value) for _label, value in rows_of(record)}
