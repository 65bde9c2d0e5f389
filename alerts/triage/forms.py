"""What an analyst fills in: filters, a decision, a reason."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alerts.evidence import Level
from alerts.models import Alert
from alerts.states import Category
from wpis.ui.forms import Form
from wpis.ui.widgets import Radios, Select, TextArea

CONFIRM = "confirm"


class FilterForm(Form):
    """Narrows a tab down; wrong values are ignored, so an old link never breaks."""

    mark_optional = False
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("All levels")), *Level.choices], widget=Select
    )
    pattern = forms.ChoiceField(label=_("Pattern"), required=False, widget=Select)

    def __init__(self, data: Any = None, *, patterns: Mapping[str, str]) -> None:
        super().__init__(data)
        field = self.fields["pattern"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All patterns")), *patterns.items()]

    def chosen(self, rows: QuerySet[Alert]) -> QuerySet[Alert]:
        """The rows that fit."""
        self.is_valid()
        if level := self.cleaned_data.get("level"):
            rows = rows.filter(level=level)
        if pattern := self.cleaned_data.get("pattern"):
            rows = rows.filter(typologies__contains=[pattern])
        return rows


class ReasonForm(Form):
    """A reason in a sentence."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("For the colleague who reads this in three years. Do not name the person."),
        max_length=2000,
        widget=TextArea,
    )


class SecondForm(ReasonForm):
    """What the second analyst says about a proposed dismissal."""

    answer = forms.ChoiceField(
        label=_("Do you agree that this alert is dismissed?"),
        choices=[("agree", _("Yes, dismiss it")), ("return", _("No, give it back to the analyst"))],
        widget=Radios,
    )
    field_order = ("answer", "reason")


class DecisionForm(ReasonForm):
    """The outcome of triage: somebody talks to the worker, or not and why not."""

    outcome = forms.ChoiceField(
        label=_("What should happen?"),
        choices=[(CONFIRM, _("Confirm: somebody should talk to this worker safely")), *Category.choices],
        widget=Radios,
    )
    field_order = ("outcome", "reason")
