"""Choosing a receiver, sending, and the receiver's answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from referral.agencies.directory import Agency, Purpose
from referral.disclosure.presenters import say
from wpis.ui.forms import Form
from wpis.ui.widgets import Radios, TextArea


class SendForm(Form):
    """Sends what the page shows: the digest names the content, the token makes a second click harmless."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    digest = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why is this sent without the person's agreement?"),
        help_text=_("Tell the person as soon as that is safe, and note it in the case."),
        max_length=1000,
        widget=TextArea({"rows": 3}),
    )

    def __init__(self, purpose: Purpose, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if purpose.needs_consent:
            del self.fields["reason"]


class DeclineForm(Form):
    """Why a body does not take an item on."""

    reason = forms.CharField(
        label=_("Why do you decline?"),
        help_text=_("The caseworker reads this and looks for other help."),
        max_length=1000,
        widget=TextArea({"rows": 3}),
    )
    missing = {"reason": _("Say why you decline, so that another body can be found.")}


class OutcomeForm(Form):
    """What came of an item."""

    outcome = forms.ChoiceField(label=_("What came of it?"), widget=Radios)
    note = forms.CharField(
        label=_("Note to the caseworker"), max_length=2000, required=False, widget=TextArea({"rows": 4})
    )

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["outcome"]
        choices.choices = [(outcome.slug, say(outcome.title)) for outcome in agency.outcomes.values()]
