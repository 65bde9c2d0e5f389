"""The employer's forms; those of parts are generated from `permits.parts`, and two of them add logic."""

from permits.employer.forms.company import CompanyAnswerForm, CompanyDetailsForm, CompanyForm, DelegateForm
from permits.employer.forms.documents import DocumentForm
from permits.employer.forms.part import PartForm, form_of
from permits.employer.forms.steps import AnswerForm, DeclarationForm, FilterForm, StartForm, WithdrawForm
from permits.employer.forms.terms import TermsForm
from permits.employer.forms.worker import WorkerForm
from wpis.api.forms import TokenForm

__all__ = [
    "AnswerForm",
    "CompanyAnswerForm",
    "CompanyDetailsForm",
    "CompanyForm",
    "DeclarationForm",
    "DelegateForm",
    "DocumentForm",
    "FilterForm",
    "PartForm",
    "StartForm",
    "TermsForm",
    "TokenForm",
    "WithdrawForm",
    "WorkerForm",
    "form_of",
]
