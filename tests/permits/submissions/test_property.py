"""Any complete application is filed, sealed and read back as the same record."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from permits.models import Application, Employer, Submission
from permits.parts import kinds
from permits.parts.catalogue import SUBMITTED
from permits.parts.declaration import Field, Part
from permits.submissions import snapshot
from permits.submissions.reading import read
from wpis.classifications.occupations import occupations
from wpis.dates.partial import PartialDate

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
FILED_AS: dict[type, Any] = {list: tuple, Decimal: float}
LETTERS = st.characters(exclude_categories=("Cs", "Cc"))


def answers(kind: kinds.Kind) -> st.SearchStrategy[Any]:
    """What may be stored for a kind of answer."""
    with override("en"):
        match kind:
            case kinds.PartialDay():
                days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
                known = st.tuples(days, st.integers(1, 3))
                return known.map(
                    lambda part: PartialDate(*(part[0].year, part[0].month, part[0].day)[: part[1]])
                )
            case kinds.Day():
                return st.dates(date(1900, 1, 1), date(2100, 12, 31))
            case kinds.Money():
                return st.integers(0, kind.max_value)
            case kinds.Number():
                return st.integers(kind.min_value, kind.max_value)
            case kinds.Hours():
                return st.integers(kind.min_value * 10, kind.max_value * 10).map(
                    lambda tenths: Decimal(tenths) / 10
                )
            case kinds.YesNo():
                return st.booleans()
            case kinds.Choice():
                return st.sampled_from([value for value, _label in kind.choices])
            case kinds.Several():
                return st.lists(
                    st.sampled_from([value for value, _label in kind.choices]), min_size=1, unique=True
                )
            case kinds.Country():
                return st.sampled_from([code for code, _name in kind.listed()])
            case kinds.Occupation():
                return st.sampled_from([code for code, _title in occupations()])
            case _:
                return st.text(LETTERS, min_size=1, max_size=40)


def stored(part: Part, field: Field) -> st.SearchStrategy[Any]:
    """The answer as its column holds it; what a submission does not need may be missing."""
    given = answers(field.kind)
    return (
        given if field.needed or not part.asked else st.one_of(given, st.just(part.stored(field.name, None)))
    )


def rows(part: Part) -> st.SearchStrategy[dict[str, Any]]:
    """A row of the part, complete: `nothing_deducted` is no column."""
    asked = [field for field in part.fields if field.name != "nothing_deducted"]
    return st.fixed_dictionaries({field.name: stored(part, field) for field in asked})


PARTS = [part for part in SUBMITTED.values() if part.asked]


@settings(max_examples=60, deadline=None)
@given(
    parts=st.fixed_dictionaries({part.name: rows(part) for part in PARTS}),
    employer=rows(SUBMITTED["employer"]),
)
def test_any_complete_application_is_read_back_as_it_was_filed(parts, employer):
    application = Application(reference="WP-1", employer=Employer(**employer))
    for part in PARTS:
        assert part.model
        part.model(application=application, **parts[part.name])
    submission = Submission(pk=uuid4())
    record = snapshot.take(application, submission=submission.pk, number=1, at=AT)
    data, submission.digest = snapshot.canonical(record)
    column = Submission._meta.get_field("snapshot")
    submission.__dict__["snapshot"] = column.seal(data, submission)
    assert read(submission) == record
    for part in PARTS:
        for field in part.fields:
            if field.staff:
                typed = parts[part.name][field.name]
                filed = field.value(getattr(record, part.name))
                assert filed == FILED_AS.get(type(typed), lambda value: value)(typed), field.name
