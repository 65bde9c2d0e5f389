"""Words for the audit actions of the ground itself: the log, keys of encrypted fields, retention, background jobs."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "audit.log.read": _("Log read"),
    "retention.rows.delete": _("Rows past their time deleted"),
    "crypto.keys.rotate": _("Encrypted values moved to the newest key"),
    "crypto.index.rebuild": _("Search index written again under a new key"),
    "wpis.job.retry": _("Background job started again"),
    "wpis.job.take_as_sent": _("Letter in doubt taken as sent"),
    "wpis.job.drop": _("Background job dropped"),
}
"""Audit action -> its words. Actions keep their names for ever; the words may change."""
