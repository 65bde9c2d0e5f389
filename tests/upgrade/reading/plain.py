"""Turns what was read into JSON-ready data, in every language of the service where words are asked."""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import translation

from permits.submissions.canonical import Encoder


def as_json(content: dict[str, Any]) -> dict[str, Any]:
    """As it is read back from a file."""
    plain: dict[str, Any] = json.loads(json.dumps(content, cls=Encoder))
    return plain


def in_languages(words: Callable[[], Any]) -> dict[str, Any]:
    """The words in each language, by its code."""
    said = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found = words()
            said[code] = found if isinstance(found, list | dict) else str(found)
    return said
