"""The question to the person: one purpose, three answers, nothing ticked beforehand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from referral.agencies.directory import Purpose
from referral.caseworker.forms.case import languages
from referral.consent.actions import Reply
from referral.disclosure.presenters import title
from referral.states import Answer, Explained, HowGiven
from wpis.ui.fields import DateField, SeveralField
from wpis.ui.forms import Form
from wpis.ui.widgets import Radios, Select


class ConsentForm(Form):
    """An answer for one agency and one purpose. A yes needs fields, every explanation and an end."""

    explained = SeveralField(
        label=_("What have you explained?"),
        help_text=_("Tick each point after you have said it in a language the person understands."),
        choices=Explained.choices,
        required=False,
    )
    answer = forms.ChoiceField(
        label=_("What is the answer?"),
        help_text=_("“Not now” is a good answer. Help does not depend on a yes."),
        choices=Answer.choices,
        widget=Radios,
    )
    fields_agreed = SeveralField(
        label=_("What may this agency know?"),
        help_text=_("Tick only what the person agreed to. Leave empty without a yes."),
        required=False,
    )
    language = forms.ChoiceField(label=_("Language of the talk"), choices=languages, widget=Select)
    interpreter = forms.CharField(
        label=_("Name of the interpreter"),
        help_text=_("Leave empty if nobody interpreted."),
        max_length=150,
        required=False,
    )
    how_given = forms.ChoiceField(
        label=_("How was the answer given?"), choices=HowGiven.choices, widget=Radios
    )
    valid_until = DateField(
        label=_("Until when does a yes hold?"), help_text=_("For example, 31 3 2027"), required=False
    )
    mark_optional = False

    def __init__(self, purpose: Purpose, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["fields_agreed"]
        choices.choices = [(slug, title(slug)) for slug in purpose.fields]

    def reply(self) -> Reply:
        """The answer as the action takes it."""
        data = self.cleaned_data
        return Reply(
            answer=data["answer"],
            fields=tuple(data["fields_agreed"]),
            explained=tuple(data["explained"]),
            language=data["language"],
            interpreter=data["interpreter"],
            how_given=data["how_given"],
            valid_until=data["valid_until"],
        )
