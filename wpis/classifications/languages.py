"""Languages by their ISO 639 code: those that the forms offer, and the name of any."""

from django.utils.translation import gettext_lazy as _

from wpis.classifications.cldr import language_names

LANGUAGES = [
    ("hy", _("Armenian")),
    ("ru", _("Russian")),
    ("en", _("English")),
    ("hi", _("Hindi")),
    ("pa", _("Punjabi")),
    ("bn", _("Bengali")),
    ("ne", _("Nepali")),
    ("si", _("Sinhala")),
    ("ta", _("Tamil")),
    ("ml", _("Malayalam")),
    ("fa", _("Persian")),
    ("ar", _("Arabic")),
    ("zh", _("Chinese")),
    ("es", _("Spanish")),
    ("fil", _("Filipino")),
    ("ka", _("Georgian")),
    ("fr", _("French")),
]
"""Languages of workers and contracts (permit-process 7.8), worded as the answers of a form."""


def language_name(code: str) -> str:
    """The name of any language in the reader's, as within a sentence; the code itself when nobody knows it."""
    return language_names().get(code, code)
