"""Forms for one case: safe contact, notes, steps with a reason, covered values."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from referral.cases.actions import CONTACT_COLUMNS, SafeContact, SavedContact
from referral.models import Case
from referral.states import CaseOutcome, Interviewer, NoteKind
from wpis.classifications.languages import LANGUAGES, language_name
from wpis.editing import as_read
from wpis.ui.forms import Form
from wpis.ui.widgets import Radios, Select, TextArea


def languages() -> list[tuple[str, Any]]:
    """(code, name in the reader's language), by name, with an empty first line."""
    named = sorted(((code, language_name(code)) for code, _label in LANGUAGES), key=lambda pair: pair[1])
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

    @staticmethod
    def values_of(case: Case) -> dict[str, Any]:
        """What is recorded now, to begin with."""
        return {name: getattr(case, column) for name, column in CONTACT_COLUMNS.items()}

    @staticmethod
    def marks_of(case: Case) -> str:
        """The marks of what is recorded now, for the page to carry."""
        return as_read.written(as_read.fingerprints(case, CONTACT_COLUMNS.values()))

    def after(self, saved: SavedContact) -> "SafeContactForm":
        """The form as typed, with what only somebody else changed as it is now, and theirs at each conflict."""
        now, data = self.values_of(saved.case), cast(QueryDict, self.data).copy()
        for name, column in CONTACT_COLUMNS.items():
            if column in saved.changed_by_others:
                data[name] = now[name]
        form = SafeContactForm(data)
        for name, column in CONTACT_COLUMNS.items():
            if column in saved.conflicts:
                form.add_error(name, _said(form.fields[name], now[name]))
        return form

    def labels_of(self, columns: list[str]) -> str:
        """The questions that these columns answer."""
        return "; ".join(str(self.fields[name].label) for name, c in CONTACT_COLUMNS.items() if c in columns)

    def contact(self) -> SafeContact:
        """The values as the action takes them."""
        return SafeContact(**self.cleaned_data)


def _said(field: forms.Field, value: str) -> str:
    """That somebody else has changed a value to this one."""
    names = {str(key): str(name) for key, name in getattr(field, "choices", ())}
    theirs = names.get(value, value) or gettext("nothing")
    return gettext("Somebody else has changed this answer to: %(theirs)s. Save again to keep yours.") % {
        "theirs": theirs
    }


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
    """A step that needs a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=TextArea({"rows": 3}))
    missing = {"reason": _("Give a reason.")}


class TakeOverForm(ReasonForm):
    """Why a colleague's case is taken over; it names the colleague whom the page showed."""

    expected_caseworker = forms.UUIDField(widget=forms.HiddenInput)
    missing = {
        **ReasonForm.missing,
        "expected_caseworker": _(
            "This was changed meanwhile, so the step no longer fits. Look at the current state."
        ),
    }


class CloseForm(ReasonForm):
    """The outcome with which a case is closed."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        help_text=_(
            "A second caseworker confirms “no concern”, and closing a case that a colleague lately had."
        ),
        choices=CaseOutcome.choices,
        widget=Radios,
    )
    field_order = ["outcome", "reason"]


class RevealForm(Form):
    """The reason for which a covered value is shown."""

    REASONS = (
        ("identity", _("Check who the person is")),
        ("contact", _("Reach the person")),
        ("legal", _("A request with a legal ground")),
        ("quality", _("Check the quality of the record")),
    )
    reason = forms.ChoiceField(label=_("Why do you need it?"), choices=REASONS, widget=Radios)
    missing = {"reason": _("Choose why you need it.")}
