"""Values of the catalogue as a page shows them; a missing one reads "Not recorded" and is never left out."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from referral.shared_fields.catalogue import Kind, SharedField, catalogue
from referral.states import Interviewer
from wpis.formatting import values
from wpis.formatting.values import write
from wpis.languages.reader import reader_language, translated

ANSWERS: Mapping[Kind, Sequence[tuple[str, Any]]] = {
    Kind.SEX: (("F", gettext_lazy("Female")), ("M", gettext_lazy("Male"))),
    Kind.INTERVIEWER: Interviewer.choices,
}
"""The labels of the kinds that are one answer out of a few."""


def title(field: str) -> str:
    """The name of a catalogue field in the reader's language."""
    return translated(catalogue()[field].title)


def value(field: str, raw: Any) -> str | list[str]:
    """A value as text, or as a list of sentences; "Not recorded" for None."""
    if raw is None:
        return _("Not recorded")
    return _write(catalogue()[field], raw)


def _write(field: SharedField, raw: Any) -> str | list[str]:
    if field.kind is Kind.SENTENCES:
        return [text(sentence) for sentence in raw]
    if field.kind is Kind.TEXT:
        return text(raw)
    if field.kind in ANSWERS:
        return write(raw, choices=ANSWERS[field.kind])
    return write(raw, values.Kind(field.kind))


def text(raw: Any) -> str:
    """A plain text; of a text in several languages the reader's; a list joined by commas."""
    if isinstance(raw, dict):
        return text(raw.get(reader_language()) or raw.get("en") or next(iter(raw.values())))
    return ", ".join(raw) if isinstance(raw, list) else str(raw)
