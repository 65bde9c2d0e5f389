"""Words for what stands elsewhere as a code: patterns of typologies.yaml, and the steps of an alert."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# Marked so that translators find them; tests/alerts/rules/test_typologies.py compares them with the file.
TITLES = (
    gettext_noop("The person may be a child"),
    gettext_noop("A debt may tie the worker to the job"),
    gettext_noop("The worker may be left with too little"),
    gettext_noop("Somebody else may control the wages"),
    gettext_noop("One hand may control job, housing and contact"),
    gettext_noop("The worker may not know what was signed"),
    gettext_noop("A network may house many workers"),
    gettext_noop("The employer may exist on paper only"),
)

STEPS = {
    "take": _("Taken"),
    "take_over": _("Taken over"),
    "release": _("Handed back to the queue"),
    "confirm": _("Confirmed"),
    "dismiss": _("Dismissed"),
    "propose_dismissal": _("Dismissal proposed"),
    "agree": _("Dismissed by a second person"),
    "return": _("Dismissal not agreed"),
    "reopen": _("Opened again"),
    "hand_over": _("Case opened"),
    "record_outcome": _("Outcome recorded"),
}
"""Step -> what the history says; tests/alerts/triage/test_triage.py compares it with the workflow."""
