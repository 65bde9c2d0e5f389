"""Legal references as people may read them: an article of an act, or that a lawyer has yet to name it."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wpis.law import Confidence

ACTS = {
    "Law on Foreigners (HO-47-N)": gettext_lazy("Law on Foreigners (HO-47-N)"),
    "Labour Code": gettext_lazy("Labour Code"),
    "Code of Administrative Offences": gettext_lazy("Code of Administrative Offences"),
    "Convention on the Rights of the Child": gettext_lazy("Convention on the Rights of the Child"),
}
"""The acts whose articles the law book names."""

_PROVISION = re.compile(rf"({'|'.join(map(re.escape, ACTS))}), art\. ([0-9()a-z., ]*(?: and [0-9()a-z]+)?)")


def article(reference: str, confidence: Confidence) -> str:
    """The article that a reference of the law book begins with, in the reader's language; empty where it names none.

    The law book also says where its keepers read a value; a newspaper or a web page is no provision.
    """
    found = _PROVISION.match(reference)
    if found is None or confidence is not Confidence.CONFIRMED:
        return ""
    articles = found[2].rstrip(" ,.").replace(" and ", ", ")
    return _("%(act)s, art. %(articles)s") % {"act": ACTS[found[1]], "articles": articles}


def cited(reference: str, confidence: Confidence) -> str:
    """The article; where the law book is not sure of one, that is said instead of a guess."""
    return article(reference, confidence) or _("legal reference to be confirmed")
