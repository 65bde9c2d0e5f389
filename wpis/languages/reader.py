"""The language that the reader of a page or letter has chosen."""

from django.utils.translation import get_language


def reader_language() -> str:
    """The language of this page or letter by its ISO 639 code; English while translations are switched off."""
    return (get_language() or "en").split("-")[0]
