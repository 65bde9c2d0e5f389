"""Forms of the officer who verifies a company."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from permits.companies.reasons import Basis, ReconsiderReason, RefusalReason
from wpis.ui.forms import Form
from wpis.ui.widgets import Radios, TextArea


class VerifyForm(Form):
    """What shows that the account acts for the company."""

    basis = forms.ChoiceField(
        label=_("What shows that the account acts for the company?"),
        choices=Basis.choices,
        widget=Radios,
        error_messages={"required": _("Choose what shows that the account acts for the company")},
    )


class RefuseForm(Form):
    """Why the company is not verified."""

    reason = forms.ChoiceField(
        label=_("Why is the company not verified?"),
        help_text=_("The claimant reads it. Nobody is told that somebody else claims the number."),
        choices=RefusalReason.choices,
        widget=Radios,
        error_messages={"required": _("Choose the reason; the claimant will read it")},
    )


class AskForm(Form):
    """A question to the claimant."""

    text = forms.CharField(
        label=_("Question"),
        help_text=_("The claimant reads it. Do not write that somebody else claims the number."),
        max_length=2000,
        widget=TextArea,
        error_messages={"required": _("Enter the question")},
    )


class ReconsiderForm(Form):
    """Why a settled company is opened again."""

    reason = forms.ChoiceField(
        label=_("Why do you open it again?"),
        choices=ReconsiderReason.choices,
        widget=Radios,
        error_messages={"required": _("Choose the reason")},
    )


FORMS: dict[str, Any] = {
    "verify": VerifyForm,
    "refuse": RefuseForm,
    "ask": AskForm,
    "reconsider": ReconsiderForm,
}
"""Step -> what it asks."""
