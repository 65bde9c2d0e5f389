"""A person's name in one script: what means the same becomes one spelling, and a sign that is refused is quoted."""

import re
import unicodedata
from enum import Enum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wpis.fonts.coverage import printable_signs
from wpis.ui.fields.quoting import quoted

APOSTROPHES = "\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u2032\u055a\ua78c`\u00b4"
HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u058a"
SAME = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-"))
"""Signs that keyboards, passports and word processors put for an apostrophe and for a hyphen."""

INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | {
    chr(sign) for sign in range(0xFE00, 0xFE10)
}
"""What shows nothing and is no format character; those are dropped by their category."""

ARMENIAN_EW = "\u0587"
"""A letter of today's spelling that Unicode would take apart into two."""

NOT_APPLICABLE = re.compile(r"n\s?/\s?a\.?", re.IGNORECASE)
"""What people enter for no name, now that a slash may stand in one."""


def tidy(name: str) -> str:
    """The name in composed letters, with plain apostrophes, hyphens and spaces, and nothing invisible."""
    composed = unicodedata.normalize("NFC", "".join(map(_plain, name.translate(SAME)))).translate(SAME)
    shown = (sign for sign in composed if sign not in INVISIBLE)
    spaced = (" " if sign.isspace() else sign for sign in shown)
    return " ".join("".join(s for s in spaced if unicodedata.category(s) not in ("Cf", "Cc")).split())


def _plain(sign: str) -> str:
    return sign if sign == ARMENIAN_EW else unicodedata.normalize("NFKC", sign)


def _latin(sign: str) -> bool:
    if sign in "' .-/\u00b7":  # S/O, D/O, A/L, A/P: passports of India, Malaysia and Singapore
        return True
    if "\u0300" <= sign <= "\u036f":  # an accent on a letter for which there is no composed sign
        return sign in printable_signs()
    return sign <= "\u1eff" and sign.isalpha() and unicodedata.name(sign, "").startswith("LATIN ")


def _armenian(sign: str) -> bool:
    return sign in "' .-/" or "\u0531" <= sign <= "\u0556" or "\u0561" <= sign <= ARMENIAN_EW


class Script(Enum):
    """The letters in which a name is asked."""

    LATIN = "latin"
    ARMENIAN = "armenian"


BELONGS = {Script.LATIN: _latin, Script.ARMENIAN: _armenian}

ASK = {
    Script.LATIN: _("Use Latin letters, as in the passport. These cannot be used: %(signs)s"),
    Script.ARMENIAN: _("Use Armenian letters. These cannot be used: %(signs)s"),
}


class NameField(forms.CharField):
    """Gives the name as `tidy` writes it."""

    default_error_messages = {
        "no_letter": _("A name must contain letters. If there is no name, leave the box empty"),
    }

    def __init__(self, *, script: Script, **kwargs: Any) -> None:
        self.script = script
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """The name in one spelling, or the empty text."""
        return tidy(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        """Check the letters.

        Raises:
            ValidationError: a sign is of another script, or there is no letter at all; names the sign.
        """
        super().validate(value)
        if signs := quoted(value, BELONGS[self.script]):
            raise ValidationError(ASK[self.script], code="letters", params={"signs": signs})
        if value and (not any(sign.isalpha() for sign in value) or NOT_APPLICABLE.fullmatch(value)):
            raise ValidationError(self.error_messages["no_letter"], code="no_letter")
