"""Reads from a form which version of the data its page showed; a missing or invalid value refuses the step."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest

from wpis.errors import ChangedMeanwhile


def expected_id(sent: Mapping[str, str], name: str) -> UUID:
    """The id of the record that the page showed. Raises ChangedMeanwhile when the form carries none."""
    try:
        return UUID(sent.get(name, ""))
    except ValueError:
        raise ChangedMeanwhile from None


def expected_count(sent: Mapping[str, str], name: str) -> int:
    """How many there were when the page was shown. Raises ChangedMeanwhile when the form carries no number."""
    text = sent.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ChangedMeanwhile
    return int(text)


def as_read(request: HttpRequest, name: str, current: object) -> str:
    """What a form says its reader had before them: what is current, and after a refusal still what was posted.

    A page shown again would otherwise carry the newest value, and a second press pass for having read it.
    """
    return request.POST.get(name, "") if request.method == "POST" else str(current)
