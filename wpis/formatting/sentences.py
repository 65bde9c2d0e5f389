"""Values within a sentence, where one that is missing must be said."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from wpis.formatting.numbers import grouped
from wpis.formatting.values import write


def in_sentence(value: Any, names: Mapping[str, str] | None = None) -> str:
    """75 000, 48.5, yes, "not stated"; a text of codes with commas between them by their `names`."""
    match value:
        case None:
            return _("not stated")
        case bool():
            return _("yes") if value else _("no")
        case int():
            return grouped(value)
        case str():
            codes = [code for code in value.split(",") if code]
            return write(codes, choices=(names or {}).items()) or _("nothing")
    return write(value)
