"""The records of the permit procedure, one file per idea."""

from permits.check_kinds import CheckKind
from permits.document_kinds import DocumentKind
from permits.models.access import ApiRequest, ApiToken
from permits.models.application import Application, ApplicationChange, ApplicationDocument, State
from permits.models.company import CompanyGrant, DelegateInvitation, EmployerChange, InvitationChange
from permits.models.decision import Decision, Outcome, Question
from permits.models.draft import DraftActivity
from permits.models.justification import LimitJustification
from permits.models.opinion import OpinionText
from permits.models.override import CheckOverride
from permits.models.parties import Employer, Worker
from permits.models.permit import Permit, PermitSigning
from permits.models.submission import Check, FeedItem, Submission
from permits.models.terms import EmploymentTerms, Housing, HousingProvider, Payer, Recruitment

__all__ = [
    "ApiRequest",
    "ApiToken",
    "Application",
    "ApplicationChange",
    "ApplicationDocument",
    "Check",
    "CheckKind",
    "CheckOverride",
    "CompanyGrant",
    "Decision",
    "DelegateInvitation",
    "DocumentKind",
    "DraftActivity",
    "Employer",
    "EmployerChange",
    "EmploymentTerms",
    "FeedItem",
    "Housing",
    "HousingProvider",
    "InvitationChange",
    "LimitJustification",
    "OpinionText",
    "Outcome",
    "Payer",
    "Permit",
    "PermitSigning",
    "Question",
    "Recruitment",
    "State",
    "Submission",
    "Worker",
]
