"""The page about how the worker was found and who pays for it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from permits.employer.forms.part import LongSelect, PartForm, with_blank
from permits.models.terms import Payer
from wpis.classifications.countries import countries
from wpis.ui.fields import MoneyField, PhoneField, YesNoField
from wpis.ui.widgets import Radios


class RecruitmentForm(PartForm):
    """Recruitment and costs."""

    part = "recruitment"

    used_recruiter = YesNoField(label=_("Did a recruiter or agent find the worker?"))
    recruiter_name = forms.CharField(label=_("Name of the recruiter"), max_length=200)
    recruiter_country = forms.ChoiceField(
        label=_("Country of the recruiter"), choices=with_blank(countries), widget=LongSelect
    )
    recruiter_phone = PhoneField(label=_("Telephone of the recruiter"))
    recruiter_email = forms.EmailField(label=_("E-mail of the recruiter"))
    worker_fee = MoneyField(
        label=_("What the worker paid for the job, in drams"),
        help_text=_("To anybody, in this country or at home. Enter 0 if nothing was paid"),
    )
    advance = MoneyField(
        label=_("Loan or advance that the worker pays back, in drams"),
        help_text=_("Enter 0 if there is none"),
    )
    transport_by_employer = YesNoField(label=_("Do you drive the worker to work?"))
    permit_cost_payer = forms.ChoiceField(
        label=_("Who pays the state duty?"), choices=Payer.choices, widget=Radios
    )
