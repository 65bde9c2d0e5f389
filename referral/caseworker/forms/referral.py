"""The form that sends a referral."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from referral.agencies.directory import Purpose
from wpis.ui.forms import Form
from wpis.ui.widgets import TextArea


class SendForm(Form):
    """Sends what the page shows: the digest names the content, the token makes a second click harmless."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    digest = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why is this sent without the person's consent?"),
        help_text=_("Tell the person as soon as that is safe, and note it in the case."),
        max_length=1000,
        widget=TextArea({"rows": 3}),
    )

    def __init__(self, purpose: Purpose, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if purpose.needs_consent:
            del self.fields["reason"]

    def sending(self) -> dict[str, Any]:
        """The values as the action takes them."""
        data = self.cleaned_data
        return {
            "token": data["token"],
            "expected_digest": data["digest"],
            "reason": data.get("reason", ""),
        }
