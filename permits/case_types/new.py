"""A new work permit: a foreigner who works for this employer for the first time."""

from django.utils.translation import gettext_lazy as _

from permits.case_types.declaration import ApprovalWords, CaseType
from permits.check_kinds import CheckKind
from permits.document_kinds import DocumentKind
from wpis import law
from wpis.law.deadline import answer_due, appeal_due

CASE_TYPE = CaseType(
    slug="new",
    title=_("New work permit"),
    parts=("worker", "terms", "housing", "recruitment", "documents"),
    documents=(DocumentKind.PASSPORT, DocumentKind.CONTRACT),
    checks=(CheckKind.AUTOMATIC, CheckKind.DOCUMENTS),
    decision_due=law.decision_due,
    answer_due=answer_due,
    appeal_due=appeal_due,
    approval_grounds=law.approval_grounds,
    refusal_grounds=law.refusal_grounds,
    letters={step: step for step in ("received", "question", "answered", "withdrawn", "approved", "refused")},
    longest_term="permit_term_months_maximum",
    approval=ApprovalWords(
        state=_("Permit issued"),
        heading=_("The permit is issued"),
        letter=_("The application %(reference)s is approved. The permit is issued."),
        confirming=_(
            "The permit is issued at once, for the term of the contract and at most for the legal maximum."
        ),
    ),
)
