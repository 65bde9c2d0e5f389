"""Words for the audit actions of the ground itself: the auditor's log and the keys of encrypted fields."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "audit.log.read": _("Log read"),
    "crypto.keys.rotate": _("Encrypted values moved to the newest key"),
}
"""Audit action -> its words. Actions keep their names for ever; the words may change."""
