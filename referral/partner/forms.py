"""Forms with which an agency answers a referral."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from referral.agencies.directory import Agency
from referral.agencies.presenters import outcome_choices
from wpis.ui.forms import Form
from wpis.ui.widgets import Radios, TextArea


class DeclineForm(Form):
    """Why an agency declines."""

    reason = forms.CharField(
        label=_("Why do you decline?"),
        help_text=_("The caseworker reads this and looks for other help."),
        max_length=1000,
        widget=TextArea({"rows": 3}),
    )
    missing = {"reason": _("Say why you decline, so that another agency can be found.")}


class OutcomeForm(Form):
    """What came of a referral."""

    outcome = forms.ChoiceField(label=_("What came of it?"), widget=Radios)
    note = forms.CharField(
        label=_("Note to the caseworker"), max_length=2000, required=False, widget=TextArea({"rows": 4})
    )

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["outcome"]
        choices.choices = outcome_choices(agency)
