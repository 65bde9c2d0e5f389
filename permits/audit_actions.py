"""Words for the audit actions of permits: the auditor's log and the history of a file read them here."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "permits.application.start": _("Application started"),
    "permits.application.save": _("Answers saved"),
    "permits.application.submit": _("Submitted"),
    "permits.application.take": _("Taken for review"),
    "permits.application.take_over": _("Taken over"),
    "permits.application.take_over_waiting": _("Taken over"),
    "permits.application.take_from": _("Taken from another officer"),
    "permits.application.release": _("Put back into the queue"),
    "permits.application.ask": _("Question sent to the employer"),
    "permits.application.answer": _("Employer answered"),
    "permits.application.withdraw": _("Withdrawn by the employer"),
    "permits.application.propose_approval": _("Approval proposed"),
    "permits.application.propose_refusal": _("Refusal proposed"),
    "permits.application.return": _("Proposal sent back"),
    "permits.application.approve": _("Approved"),
    "permits.application.refuse": _("Refused"),
    "permits.check.override": _("Check overridden"),
    "permits.document.attach": _("Document attached"),
    "permits.document.read": _("Document opened"),
    "permits.document.remove": _("Document removed"),
    "permits.employer.dismiss_delegate": _("Delegate of the employer removed"),
    "permits.employer.name_delegate": _("Delegate of the employer named"),
    "permits.employer.read": _("Employer's page opened"),
    "permits.employer.register": _("Employer registered"),
    "permits.file.read": _("File opened"),
    "permits.opinion.record": _("Opinion of an agency recorded"),
    "permits.opinion.request": _("Opinion of an agency requested"),
    "permits.permit.issue": _("Permit issued"),
    "permits.permit.read": _("Printed permit opened"),
    "permits.token.issue": _("Access token issued"),
    "permits.token.revoke": _("Access token revoked"),
    "permits.worker.reveal": _("Masked value shown"),
}
"""Audit action -> its words. Actions keep their names for ever; the words may change."""
