"""Masks: enough of a secret value to tell two apart, never enough to use one."""

DOTS = "••••"

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


def initials(name: str) -> str:
    """The first letter of each part of a name and nothing of its length: `A*** K***`."""
    return " ".join(f"{part[0]}***" for part in name.split())
