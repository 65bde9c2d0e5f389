"""The form about the job; beyond its declaration it has the checkbox for "nothing is deducted"."""

from typing import Any

from permits.employer.forms.part import PartForm
from permits.models.terms import DEDUCTIONS
from permits.parts.terms import NOTHING_AND_SOMETHING, TERMS


class TermsForm(PartForm):
    """What the contract promises."""

    part = TERMS

    @classmethod
    def of(cls, record: Any) -> PartForm:
        """The form with what is stored; the tick alone says that nothing is deducted, not five zeros below it."""
        form = super().of(record)
        if record.nothing_deducted:
            form.initial = {**form.initial, **dict.fromkeys(DEDUCTIONS)}
        return form

    def clean(self) -> dict[str, Any]:
        """ "Nothing is deducted" stands beside no amount."""
        typed = super().clean()
        amounts = [name for name in DEDUCTIONS if typed.get(name) or name in self.errors]
        if typed.get("nothing_deducted") and amounts:
            del typed["nothing_deducted"]  # contradicted, also by what cannot be read: neither answer is kept
            for name in amounts:
                if name not in self.errors:
                    self.add_error(name, NOTHING_AND_SOMETHING)
        return typed

    def values(self) -> dict[str, Any]:
        """The answers as columns: "nothing is deducted" is five zeros, so that it never reads as unanswered."""
        answers = super().values()
        nothing = answers.pop("nothing_deducted", None)
        return answers | dict.fromkeys(DEDUCTIONS, 0) if nothing else answers
