"""What sign-up asks beside e-mail and password."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wpis.accounts.models import User


class SignupForm(forms.Form):
    """The name of the person who will file for the employer."""

    name = forms.CharField(
        label=_("Your full name"),
        max_length=150,
        error_messages={"required": _("Enter your full name")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        """Store the fields that allauth does not handle."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
