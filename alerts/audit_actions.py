"""Words for the audit actions of alerts: the auditor's log and the history of an alert read them here."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "alerts.alert.raised": _("Raised"),
    "alerts.queue.read": _("List of alerts opened"),
    "alerts.not_checked.read": _("List of what could not be checked opened"),
    "alerts.overrides.read": _("List of overrides opened"),
    "alerts.alert.read": _("Alert opened"),
    "alerts.alert.take": _("Taken"),
    "alerts.alert.take_over": _("Taken over"),
    "alerts.alert.release": _("Handed back to the queue"),
    "alerts.alert.confirm": _("Confirmed"),
    "alerts.alert.dismiss": _("Dismissed"),
    "alerts.alert.propose_dismissal": _("Dismissal proposed"),
    "alerts.alert.agree": _("Dismissed by a second person"),
    "alerts.alert.return": _("Dismissal not agreed"),
    "alerts.alert.reopen": _("Opened again"),
    "alerts.alert.hand_over": _("Case opened"),
    "alerts.alert.record_outcome": _("Outcome recorded"),
    "alerts.ruleset.proposed": _("Ruleset proposed"),
    "alerts.ruleset.publish": _("Ruleset published"),
    "alerts.screening.retry": _("Screening started again"),
}
"""Audit action -> its words. Actions keep their names for ever; the words may change."""
