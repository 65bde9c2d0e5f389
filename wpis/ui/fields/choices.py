"""Yes/no questions, and multiple choice from a short list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wpis.ui.widgets import CheckboxSet, Radios

YES, NO = _("Yes"), _("No")


class YesNoField(forms.TypedChoiceField):
    """A question that must be answered; gives True or False, or None when it is optional and left open.

    Unlike a checkbox it tells "no" from "not answered".
    """

    def __init__(self, *, yes: Any = YES, no: Any = NO, **kwargs: Any) -> None:
        kwargs.setdefault("widget", Radios(inline=True))
        kwargs.update(
            choices=[("yes", yes), ("no", no)], coerce=lambda value: value == "yes", empty_value=None
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show True and False as the answers they stand for."""
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def to_python(self, value: Any) -> str:
        """Read a bool (an initial value) like the answer it stands for."""
        return str(super().to_python(self.prepare_value(value)))


class SeveralField(forms.MultipleChoiceField):
    """Any number of answers out of a list, as checkboxes."""

    widget = CheckboxSet
