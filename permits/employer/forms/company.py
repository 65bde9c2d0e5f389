"""The company: registration and delegates."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from permits.employer.forms.part import FieldsOfPart
from permits.parts.declaration import Part
from permits.parts.employer import EMPLOYER
from wpis.ui.forms import Form


class CompanyForm(Form, metaclass=FieldsOfPart):
    """The data that a company must give before it can file; nothing of it may stay empty."""

    part: ClassVar[Part] = EMPLOYER
    missing = {field.name: field.needed for field in EMPLOYER.fields}
    field_order = ("tax_number", "name_hy", "name_en")


class DelegateForm(Form):
    """The e-mail address of a person who may file for the company."""

    missing = {"email": _("Enter the e-mail address of the person")}

    email = forms.EmailField(
        label=_("E-mail address of the person"),
        help_text=_("The person needs an account of this service first"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
