"""Formats identifiers, such as numbers and addresses, left to right and without line breaks in every language."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def isolated(text: Any) -> SafeString | str:
    """A reference, a telephone or passport number; nothing for nothing."""
    return format_html('<bdi class="ref">{}</bdi>', text) if text else ""


def isolated_lines(lines: Iterable[str]) -> SafeString:
    """The lines of a machine-readable zone, one under the other."""
    return format_html_join("", "<bdi class='ref'>{}</bdi><br>", ((line,) for line in lines))
