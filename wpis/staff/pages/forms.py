"""What an administrator fills in about an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wpis.accounts.roles import Role, roles_on
from wpis.accounts.staff import Reason
from wpis.staff.agencies import agency_choices
from wpis.ui.fields import DateField
from wpis.ui.forms import Form
from wpis.ui.widgets import Radios, Select


class SearchForm(Form):
    """Looks for accounts."""

    text = forms.CharField(label=_("Name or e-mail address"), max_length=100, required=False)
    mark_optional = False


class ReasonForm(Form):
    """Why a step is taken; `reasons` are those that fit it."""

    reason = forms.ChoiceField(label=_("Reason"), widget=Radios)

    def __init__(self, *args: Any, reasons: list[Reason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(reason.value, reason.label) for reason in reasons]  # type: ignore[attr-defined]


class AccessForm(ReasonForm):
    """What an account is for, and until when."""

    role = forms.ChoiceField(label=_("Role"), widget=Radios)
    agency = forms.ChoiceField(
        label=_("Agency"), help_text=_("For a partner only"), required=False, widget=Select
    )
    ends_on = DateField(
        label=_("Last day"),
        help_text=_("The account is closed after this day. Without one it stays open."),
        required=False,
    )
    field_order = ("name", "email", "role", "agency", "ends_on", "reason")

    def __init__(self, *args: Any, surface: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_on(surface)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        if any(role == Role.PARTNER for role in roles):
            self.fields["agency"].choices = [("", "–"), *agency_choices()]  # type: ignore[attr-defined]
        else:
            del self.fields["agency"]

    @property
    def access(self) -> dict[str, Any]:
        """The arguments of the action."""
        given = self.cleaned_data
        return {"agency": given.get("agency", ""), "ends_on": given["ends_on"], "reason": given["reason"]}


class InvitationForm(AccessForm):
    """A new account."""

    name = forms.CharField(label=_("Full name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Of the person alone. The link to set the password goes there."),
        max_length=254,
    )
