"""Legal references as officers and employers may read them: only those that a lawyer has confirmed."""

from django.utils.translation import gettext as _

from wpis.law import Confidence


def cited(reference: str, confidence: Confidence) -> str:
    """The provision; where the law book is not sure of it, that is said instead of a guess."""
    return reference if confidence is Confidence.CONFIRMED else _("legal reference to be confirmed")
