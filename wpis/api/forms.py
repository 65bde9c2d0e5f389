"""The form that creates a token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wpis.ui.forms import Form


class TokenForm(Form):
    """A token for a program."""

    missing = {"label": _("Enter a name for the token")}

    label = forms.CharField(
        label=_("Name of the token"),
        help_text=_("So that you recognise it later, for example the name of the program"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
