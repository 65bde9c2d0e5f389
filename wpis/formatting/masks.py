"""Masks: enough of a secret value to tell two apart, never enough to use one."""

from dataclasses import dataclass

DOTS = "••••"
"""Stands for what is covered, and alone for a value of which nothing is shown."""

SHORTEST, HIDDEN = 7, 3
"""Of a value with fewer signs nothing is shown; of a longer one at least so many stay hidden."""


def masked(text: str | None, *, first: int = 0, last: int = 0) -> str:
    """The first and last signs with dots between them, as in N••••567 and ••••67; nothing for nothing.

    The dots are four however long the value is.
    """
    if not text:
        return ""
    if len(text) < max(SHORTEST, first + last + HIDDEN):
        return DOTS
    return f"{text[:first]}{DOTS}{text[len(text) - last :]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """How one kind of secret value is covered, for two audiences.

    first, last: how many signs are shown to who may ask for the whole value. end: how many at its end are shown to
    who only has to tell two values apart; their first signs could tell the country.
    until: the sign behind which nothing is shown, such as that before an extension, which would be the last signs.
    """

    first: int = 1
    last: int = 3
    end: int = 2
    until: str = ""

    def both_ends(self, text: str | None) -> str:
        """The first and the last signs, as in N••••567."""
        return masked(self._line(text), first=self.first, last=self.last)

    def end_only(self, text: str | None) -> str:
        """The last signs, as in ••••67."""
        return masked(self._line(text), last=self.end)

    def _line(self, text: str | None) -> str | None:
        return text.partition(self.until)[0] if text and self.until else text


PASSPORT = Mask(end=3)
PHONE = Mask(until=";")
EMAIL = Mask(last=0, end=6)
ACCOUNT = Mask(end=4)
OTHER = Mask()
"""Every value of another kind, and one whose kind the page does not know."""


def initials(name: str) -> str:
    """The first letter of each part of a name and nothing of its length: `A*** K***`."""
    return " ".join(f"{part[0]}***" for part in name.split())
