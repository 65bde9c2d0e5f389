"""The employer's forms, one file per page."""

from permits.employer.forms.company import CompanyForm, DelegateForm
from permits.employer.forms.documents import DocumentForm
from permits.employer.forms.housing import HousingForm
from permits.employer.forms.part import PartForm
from permits.employer.forms.recruitment import RecruitmentForm
from permits.employer.forms.steps import AnswerForm, DeclarationForm, FilterForm, StartForm, WithdrawForm
from permits.employer.forms.terms import TermsForm
from permits.employer.forms.worker import WorkerForm
from wpis.api.forms import TokenForm

__all__ = [
    "AnswerForm",
    "CompanyForm",
    "DeclarationForm",
    "DelegateForm",
    "DocumentForm",
    "FilterForm",
    "HousingForm",
    "PartForm",
    "RecruitmentForm",
    "StartForm",
    "TermsForm",
    "TokenForm",
    "WithdrawForm",
    "WorkerForm",
]
