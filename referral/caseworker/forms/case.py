"""What a caseworker writes on a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from referral.states import CaseOutcome, Interviewer, NoteKind
from wpis.classifications.languages import language_name
from wpis.ui.forms import Form
from wpis.ui.widgets import Radios, Select, TextArea

SPOKEN = (
    "hy",
    "ru",
    "en",
    "hi",
    "pa",
    "bn",
    "ne",
    "si",
    "ta",
    "ml",
    "fa",
    "ar",
    "zh",
    "es",
    "fil",
    "ka",
    "fr",
)
"""Languages offered first for a talk, by ISO 639 code; the workers' most common ones."""


def languages() -> list[tuple[str, Any]]:
    """(code, name in the reader's language), by name, with an empty first line."""
    named = sorted(((code, language_name(code)) for code in SPOKEN), key=lambda pair: pair[1])
    return [("", _("Choose a language")), *named]


class SafeContactForm(Form):
    """How to reach the person without harm."""

    how = forms.CharField(
        label=_("How can the person be reached safely?"),
        help_text=_(
            "A way that only the person uses, a service point, or an NGO. "
            "Never the number of the employer or agent."
        ),
        max_length=500,
        widget=TextArea({"rows": 3}),
    )
    when = forms.CharField(label=_("When is it safe?"), max_length=300, required=False)
    say = forms.CharField(
        label=_("What should we say if somebody else answers?"),
        help_text=_("A neutral reason, such as a question about an appointment."),
        max_length=300,
        required=False,
    )
    language = forms.ChoiceField(label=_("In which language do we speak?"), choices=languages, widget=Select)
    interviewer_wish = forms.ChoiceField(
        label=_("Whom does the person wish to speak with?"),
        choices=Interviewer.choices,
        widget=Radios,
        required=False,
    )


class NoteForm(Form):
    """A note or a contact."""

    kind = forms.ChoiceField(
        label=_("What do you record?"),
        choices=[(k.value, k.label) for k in NoteKind if k != NoteKind.REASON],
        widget=Radios,
    )
    text = forms.CharField(
        label=_("Note"),
        help_text=_("Write what was said and seen, not what you conclude."),
        max_length=4000,
        widget=TextArea,
    )
    missing = {"text": _("Write what you want to note.")}


class ReasonForm(Form):
    """Why a step is taken."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=TextArea({"rows": 3}))
    missing = {"reason": _("Give a reason.")}


class CloseForm(ReasonForm):
    """How a case ends."""

    outcome = forms.ChoiceField(label=_("What came of it?"), choices=CaseOutcome.choices, widget=Radios)
    field_order = ["outcome", "reason"]


class RevealForm(Form):
    """Why a covered value is needed now."""

    REASONS = (
        ("identity", _("Check who the person is")),
        ("contact", _("Reach the person")),
        ("legal", _("A request with a legal ground")),
        ("quality", _("Check the quality of the record")),
    )
    reason = forms.ChoiceField(label=_("Why do you need it?"), choices=REASONS, widget=Radios)
    missing = {"reason": _("Choose why you need it.")}
