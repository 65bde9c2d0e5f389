"""What somebody enters before they set up their first second factor."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wpis.ui.forms import Form


class CodeForm(Form):
    """The enrolment code, as the administrator gave it."""

    code = forms.CharField(
        label=_("Enrolment code"),
        help_text=_("16 letters and digits. Your administrator gives it to you in person or by telephone."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )
    missing = {"code": _("Enter the enrolment code")}
