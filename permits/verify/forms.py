"""The form that asks which permit to verify."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wpis.crypto.permit_codes import MAX_CODE
from wpis.ui.forms import Form


class PermitNumberForm(Form):
    """A permit number, or the whole code that a scanner read."""

    number = forms.CharField(
        label=_("Permit number"),
        help_text=_("It begins with P- and stands at the top of the permit"),
        max_length=MAX_CODE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "w20"}),
        error_messages={"required": _("Enter the number of the permit")},
    )
