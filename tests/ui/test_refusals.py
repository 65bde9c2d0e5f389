"""A refusal is shown at the field that can be corrected."""

import pytest
from django import forms

from wpis.errors import Refused
from wpis.ui.refusals import attempt


class Small(forms.Form):
    name = forms.CharField()


def refuse(*reasons: str, field: str | None = None) -> None:
    raise Refused(reasons, field=field)


@pytest.mark.parametrize(("field", "place"), [("name", "name"), (None, "__all__"), ("other", "__all__")])
def test_it_stands_at_its_field_or_on_top_when_the_form_has_no_such_field(
    field: str | None, place: str
) -> None:
    form = Small({"name": "x"})
    assert not attempt(form, lambda: refuse("First.", "Second.", field=field))
    assert form.errors == {place: ["First.", "Second."]}


def test_an_action_is_taken_once_the_form_is_valid() -> None:
    taken: list[str] = []
    assert attempt(Small({"name": "x"}), lambda: taken.append("taken"))
    assert not attempt(Small({}), lambda: taken.append("again"))
    assert taken == ["taken"]


def test_another_fault_is_no_refusal() -> None:
    with pytest.raises(ZeroDivisionError):
        attempt(Small({"name": "x"}), lambda: 1 // 0)
