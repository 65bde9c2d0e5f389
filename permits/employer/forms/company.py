"""The company: registration and delegates."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wpis import clock
from wpis.classifications.provinces import Province
from wpis.ui.fields import DateField, PhoneField, TaxNumberField
from wpis.ui.forms import Form
from wpis.ui.widgets import Select


class CompanyForm(Form):
    """The data that a company must give before it can file."""

    missing = {
        "name_hy": _("Enter the company's name in Armenian"),
        "name_en": _("Enter the company's name in English"),
        "province": _("Choose the province"),
        "address": _("Enter the registered address"),
        "nace": _("Enter the NACE code of the main activity"),
        "registered_on": _("Enter the date of state registration"),
        "phone": _("Enter the company's telephone number"),
        "email": _("Enter the company's e-mail address"),
    }

    tax_number = TaxNumberField(
        label=_("Tax number (HVHH)"), help_text=_("8 digits, as on the registration certificate")
    )
    name_hy = forms.CharField(label=_("Company name in Armenian"), max_length=200)
    name_en = forms.CharField(label=_("Company name in English"), max_length=200)
    province = forms.ChoiceField(
        label=_("Province"),
        choices=[("", ""), *Province.choices],
        widget=Select,
    )
    address = forms.CharField(label=_("Registered address"), max_length=250)
    nace = forms.CharField(
        label=_("Main activity (NACE code)"),
        help_text=_("For example, 41.20 for construction of buildings"),
        max_length=5,
        validators=[RegexValidator(r"^\d{2}(\.\d{1,2})?$", _("Enter a NACE code such as 41.20"))],
    )
    registered_on = DateField(label=_("Date of state registration"), help_text=_("For example, 27 3 2019"))
    phone = PhoneField(label=_("Company telephone"))
    email = forms.EmailField(label=_("Company e-mail"))

    def clean_registered_on(self) -> date:
        """Refuse a date of registration in the future."""
        day: date = self.cleaned_data["registered_on"]
        if day > clock.today():
            raise ValidationError(gettext("The date must be in the past"), params={"parts": ["year"]})
        return day


class DelegateForm(Form):
    """The e-mail address of a person who may file for the company."""

    missing = {"email": _("Enter the e-mail address of the person")}

    email = forms.EmailField(
        label=_("E-mail address of the person"),
        help_text=_("The person needs an account of this service first"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
