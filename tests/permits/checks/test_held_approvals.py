"""What an opinion means for an approval: what holds it, and what does not."""

from typing import Any

import pytest
from django.utils import timezone

from permits import guards, ownership
from permits.actions import review
from permits.check_kinds import CheckKind, Weight
from permits.models import Check, State
from tests.factories import permits as make
from tests.permits.checks.given import give
from wpis.accounts.models import User

pytestmark = pytest.mark.django_db


HELD = {
    # (weight, what came): words of what still holds the approval, empty when nothing does
    (Weight.BINDING, "nothing"): "has not come yet: Police",
    (Weight.ADVISORY, "nothing"): "has not come yet: Police",
    (Weight.BINDING, "never asked"): "has not come yet: Police",
    (Weight.ADVISORY, "never asked"): "has not come yet: Police",
    (Weight.BINDING, "no_objection"): "",
    (Weight.ADVISORY, "no_objection"): "",
    (Weight.BINDING, "objection"): "This agency objects: Police",
    (Weight.ADVISORY, "objection"): "",
    (Weight.BINDING, "more_information"): "needs more information for its opinion: Police",
    (Weight.ADVISORY, "more_information"): "needs more information for its opinion: Police",
    (Weight.BINDING, "overridden"): "",
    (Weight.ADVISORY, "overridden"): "",
}


@pytest.mark.parametrize(("weight", "came"), HELD)
def test_what_an_opinion_means_for_an_approval(
    weights: Any, supervisor: User, officer: User, weight: Weight, came: str
) -> None:
    if came != "never asked":
        weights(police=weight)
    file = review.take(make.a_submitted_application(), by=officer, at=timezone.now())
    make.complete_checks(file)
    weights(police=weight)
    row = Check.objects.filter(kind=CheckKind.OPINION).first()
    if came == "overridden":
        assert row
        make.override(row)
    elif came not in ("nothing", "never asked"):
        assert row
        give(row, came, supervisor)
    held, expected = guards.own_file_with_checks(file, officer), HELD[weight, came]
    assert (expected in " ".join(held)) if expected else held == []
    assert ownership.own_file(file, officer) == [], "a refusal does not wait for opinions"
    assert file.state == State.IN_REVIEW
