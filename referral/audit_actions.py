"""Words for the audit actions of referral: the auditor's log and the history of a case read them here."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "referral.case.open": _("Case opened"),
    "referral.case.read": _("Case read"),
    "referral.case.reveal": _("Masked value shown"),
    "referral.case.set_safe_contact": _("Safe contact recorded"),
    "referral.case.reach": _("In contact with the person"),
    "referral.case.refer": _("Referred"),
    "referral.case.answer": _("Every agency has answered"),
    "referral.case.hold": _("Put on hold"),
    "referral.case.resume": _("Taken up again"),
    "referral.case.close": _("Closed"),
    "referral.case.reopen": _("Reopened"),
    "referral.case.take_over": _("Taken over"),
    "referral.consent.record": _("Answer recorded"),
    "referral.consent.withdraw": _("Consent withdrawn"),
    "referral.disclosure.send": _("Referral sent"),
    "referral.disclosure.read": _("Referral read"),
    "referral.disclosure.read_after_end": _("Referral asked for after access ended"),
    "referral.disclosure.accept": _("Referral accepted"),
    "referral.disclosure.decline": _("Referral declined"),
    "referral.disclosure.escalate": _("No answer in time"),
    "referral.disclosure.complete": _("Outcome recorded"),
    "referral.disclosure.withdraw": _("Referral withdrawn"),
    "referral.disclosure.end_access": _("Access to a referral ended"),
    "referral.note.add": _("Note added"),
    "referral.token.issue": _("Access token issued"),
    "referral.token.revoke": _("Access token revoked"),
}
"""Audit action -> its words. Actions keep their names for ever; the words may change."""
