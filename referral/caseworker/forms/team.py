"""Forms about who reads a case: a reason from outside its team, a colleague to name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from referral.states import OutsideReason
from wpis.accounts.models import User
from wpis.ui.forms import Form
from wpis.ui.widgets import Radios, Select, TextArea


class OutsideForm(Form):
    """Why somebody outside the team reads a case."""

    reason = forms.ChoiceField(
        label=_("Why do you need to read this case?"), choices=OutsideReason.choices, widget=Radios
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("The team of the case can read it. It is stored encrypted."),
        max_length=1000,
        required=False,
        widget=TextArea({"rows": 3}),
    )
    missing = {"reason": _("Choose why you need it.")}


class MemberForm(Form):
    """A colleague who may read the case."""

    colleague = forms.ModelChoiceField(
        User.objects.none(), label=_("Colleague"), empty_label=_("Choose a colleague"), widget=Select
    )
    missing = {"colleague": _("Choose a caseworker who is not in the team yet.")}

    def __init__(self, colleagues: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["colleague"]
        chosen.queryset = colleagues
