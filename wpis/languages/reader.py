"""The language that the reader of a page or letter has chosen, and texts written in it."""

from django.utils.translation import get_language

from wpis.languages.translated import TranslatedText


def reader_language() -> str:
    """The language of this page or letter by its ISO 639 code; English while translations are switched off."""
    return (get_language() or "en").split("-")[0]


def translated(text: TranslatedText) -> str:
    """A text in the reader's language, in English where it is not translated."""
    return text.in_language(reader_language())
