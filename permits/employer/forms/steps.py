"""Small forms of the steps of an application: start, declare, answer, withdraw, find."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from permits.models import Employer
from permits.states import PublicState
from wpis.ui.forms import Form
from wpis.ui.widgets import Radios, Select, TextArea


class StartForm(Form):
    """Choose the company that applies."""

    employer = forms.ModelChoiceField(
        label=_("For which company do you apply?"),
        queryset=Employer.objects.none(),
        widget=Radios,
        empty_label=None,
        error_messages={"required": _("Choose the company")},
    )

    def __init__(self, *args: Any, employers: QuerySet[Employer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["employer"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = employers


class DeclarationForm(Form):
    """The declaration of the person who files."""

    declared = forms.BooleanField(
        label=_(
            "I declare that what I entered is true and complete, that the worker knows these conditions, and "
            "that the worker keeps the passport."
        ),
        error_messages={"required": _("Confirm the declaration before you submit")},
    )


class AnswerForm(Form):
    """The answer to a question of the office."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=4000,
        widget=TextArea,
        error_messages={"required": _("Enter your answer")},
    )


class WithdrawForm(Form):
    """Taking an application back."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, required=False, widget=TextArea(attrs={"rows": 3})
    )


class FilterForm(Form):
    """Finding an application in the list."""

    mark_optional = False

    q = forms.CharField(
        label=_("Reference or name of the worker"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    state = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *PublicState.choices], required=False, widget=Select
    )
