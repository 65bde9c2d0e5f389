"""What an officer fills in: questions, decisions, and the reasons behind each step."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from permits.actions.decisions import grounds
from permits.assessment.citations import cited
from permits.models import Application, Outcome
from permits.parts.catalogue import ASKED
from wpis.languages.reader import reader_language
from wpis.ui.fields import SeveralField
from wpis.ui.forms import Form
from wpis.ui.widgets import Radios, TextArea


class ReleaseForm(Form):
    """Hands a file back."""

    reason = forms.CharField(
        label=_("Note for the next officer"),
        help_text=_("What you looked at, and what is still open"),
        max_length=1000,
        widget=TextArea,
    )
    missing = {"reason": _("Leave a note for the next officer")}


class TakeOverForm(Form):
    """Takes over a colleague's file."""

    reason = forms.CharField(
        label=_("Why you take over this file"),
        help_text=_("Your colleague and everybody who opens the file can read it."),
        max_length=1000,
        widget=TextArea({"rows": 4}),
    )
    missing = {"reason": _("Say why you take over this file")}


class AskForm(Form):
    """Asks the employer; `parts` are those that the case type of the file asks."""

    text = forms.CharField(
        label=_("Your question"),
        help_text=_("Say what is unclear and what the employer should do. Write in the employer's language."),
        max_length=2000,
        widget=TextArea({"rows": 8}),
    )
    sections = SeveralField(
        label=_("Parts that the employer can correct"),
        help_text=_("Only these parts are open until the answer comes."),
        required=False,
    )
    missing = {"text": _("Enter the question")}
    mark_optional = False

    def __init__(self, parts: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sections"].choices = [(part, ASKED[part].heading) for part in parts]  # type: ignore[attr-defined]


class GroundRadios(Radios):
    """Legal grounds, each chosen with the key of its number."""

    def create_option(
        self, name: str, value: Any, label: Any, selected: bool, index: int, *args: Any, **kw: Any
    ) -> Any:
        """Give the first nine a key."""
        option = super().create_option(name, value, label, selected, index, *args, **kw)
        if index < 9:
            option["attrs"]["data-key"] = str(index + 1)
        return option


class JustifiedForm(Form):
    """Part of an approval: asks why, where the contract breaks a limit of the law, and else not at all."""

    justification = forms.CharField(
        label=_("Why approve although a limit of the law is broken?"),
        help_text=_("Kept with the decision under your name. The employer does not read it."),
        max_length=2000,
        widget=TextArea({"rows": 4}),
    )
    missing = {
        "justification": _(
            "Say why the application is to be approved although the contract breaks a limit of the law"
        )
    }
    mark_optional = False

    def __init__(self, *args: Any, justified: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not justified:
            del self.fields["justification"]


class DecisionForm(JustifiedForm):
    """Proposes a decision: legal ground and reasons."""

    ground = forms.ChoiceField(label=_("Legal ground"), widget=GroundRadios)
    reason = forms.CharField(label=_("Reasons"), max_length=4000, widget=TextArea({"rows": 6}))
    missing = {
        **JustifiedForm.missing,
        "ground": _("Choose the legal ground of the decision"),
        "reason": _("Give the reasons for the refusal; the employer will read them"),
    }
    field_order = ["justification", "ground", "reason"]

    def __init__(self, application: Application, outcome: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = reader_language()
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (
                choice.code,
                format_html(
                    "{}<small>{}</small>",
                    choice.title.in_language(language),
                    cited(choice.reference, choice.confidence),
                ),
            )
            for choice in grounds(application, outcome)
        ]
        self.fields["reason"].required = outcome == Outcome.REFUSAL
        self.fields["reason"].help_text = (
            _("The employer reads them in the letter. Name the facts, and the document that shows them.")
            if outcome == Outcome.REFUSAL
            else _("For the colleague who confirms, and for the file.")
        )


class ReturnForm(Form):
    """Sends a proposal back."""

    reason = forms.CharField(
        label=_("What should be looked at again"), max_length=1000, widget=TextArea({"rows": 3})
    )
    missing = {"reason": _("Say what should be looked at again")}


class DeclineOverrideForm(Form):
    """Settles the request for an override without overriding anything."""

    reason = forms.CharField(
        label=_("Why the check is not overridden"), max_length=1000, widget=TextArea({"rows": 3})
    )
    missing = {"reason": _("Say why the check is not overridden")}


class OverrideForm(Form):
    """Asks that a decision goes ahead without a check."""

    reason = forms.CharField(
        label=_("Why the decision cannot wait for this check"), max_length=1000, widget=TextArea({"rows": 4})
    )
    missing = {"reason": _("Say why the decision cannot wait for this check")}
