"""Small forms of the steps of an application: start, declare, answer, withdraw, find."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from permits.case_types.registry import CASE_TYPES, choices
from permits.models import Employer
from permits.states import PublicState
from wpis.ui.forms import Form
from wpis.ui.widgets import Radios, Select, TextArea


class StartForm(Form):
    """For which company to apply, and for what; whatever leaves no choice is not asked."""

    kind = forms.ChoiceField(
        label=_("What do you apply for?"),
        widget=Radios,
        error_messages={"required": _("Choose what you apply for")},
    )

    employer = forms.ModelChoiceField(
        label=_("For which company do you apply?"),
        queryset=Employer.objects.none(),
        widget=Radios,
        empty_label=None,
        error_messages={"required": _("Choose the company")},
    )

    def __init__(self, *args: Any, employers: QuerySet[Employer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, employer = self.fields["kind"], self.fields["employer"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(employer, forms.ModelChoiceField)
        kind.choices, employer.queryset = choices(), employers
        self.only = employers[0] if employers.count() == 1 else None
        if len(CASE_TYPES) == 1:
            del self.fields["kind"]
        if self.only:
            del self.fields["employer"]

    def chosen_employer(self) -> Employer:
        """The company that was chosen, or the only one there is."""
        chosen: Employer = self.only or self.cleaned_data["employer"]
        return chosen

    def chosen_kind(self) -> str:
        """Slug of the case type that was chosen, or of the only one there is."""
        return str(self.cleaned_data.get("kind") or next(iter(CASE_TYPES)))


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
        label=_("Worker, reference, permit or passport number"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    state = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *PublicState.choices], required=False, widget=Select
    )
