"""What can be wrong with a machine-readable zone, and what a person is told."""

from dataclasses import dataclass


def _(text: str) -> str:
    """Marks a message for the catalogue; the form shows `gettext(error.message)`."""
    return text


MESSAGES = {
    "length": _(
        "Enter the 2 or 3 lines from the bottom of the document, complete: "
        "3 lines of 30 characters, or 2 of 36 or 44."
    ),
    "visa": _("These are the lines of a visa. Use those of the passport: they begin with P."),
    "characters": _("The lines may hold only the letters A to Z, digits and the sign <."),
    "document_code": _("The first letter does not say which kind of document this is."),
    "issuer": _("The code of the issuing country must be letters."),
    "names": _("The names must be letters, the surname first."),
    "document_number": _("The document number does not fit its check digit. Compare both with the document."),
    "nationality": _("The code of the nationality must be letters."),
    "birth_date": _(
        "The date of birth is not a date or does not fit its check digit. Compare both with the document."
    ),
    "sex": _("The sex must be M, F or <."),
    "expiry_date": _(
        "The expiry date is not a date or does not fit its check digit. Compare both with the document."
    ),
    "personal_number": _("The personal number does not fit its check digit. Compare both with the document."),
    "composite": _("The last check digit does not fit the lines. Compare every character with the document."),
}
"""Fault -> what a person is told."""


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of a line, both counted from 1, and what stands there; `needed` is how many a line should have."""

    line: int
    first: int
    last: int
    text: str
    needed: int = 0


class InvalidMRZ(ValueError):
    """The lines are no valid zone; `fault` names what is wrong first, `message` says it in words.

    `place` is where it is, if one can say.
    """

    place: Place | None = None

    def __init__(self, fault: str) -> None:
        self.fault = fault
        self.message = MESSAGES[fault]
        super().__init__(f"{fault}: {self.message}")


def require(condition: object, fault: str) -> None:
    """Raise InvalidMRZ unless the condition holds."""
    if not condition:
        raise InvalidMRZ(fault)
