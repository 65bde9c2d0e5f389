"""The company: registration, delegates, and answers about it."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from permits.employer.forms.part import FieldsOfPart, PartForm
from permits.parts.declaration import Part
from permits.parts.employer import EMPLOYER
from wpis.ui.forms import Form
from wpis.ui.widgets import TextArea


class CompanyForm(Form, metaclass=FieldsOfPart):
    """The data that a company must give before it can file; nothing of it may stay empty."""

    part: ClassVar[Part] = EMPLOYER
    missing = {field.name: field.needed for field in EMPLOYER.fields} | {
        "authority": _("Enter why you may act for the company")
    }
    field_order = ("tax_number", "name_hy", "name_en")

    authority = forms.CharField(
        label=_("Why you may act for the company"),
        help_text=_(
            "For example: director according to the State Register, or the number of the power of attorney"
        ),
        max_length=500,
        widget=TextArea(attrs={"rows": 3}),
    )


class CompanyDetailsForm(PartForm):
    """The same data later, without the tax number: files rest on it, and so it stays."""

    part: ClassVar[Part] = EMPLOYER
    missing = {field.name: field.needed for field in EMPLOYER.fields}
    field_order = ("name_hy", "name_en")
    tax_number = None

    def full_clean(self) -> None:
        """Validate whole: unlike an answer of a draft, nothing may stay empty."""
        Form.full_clean(self)


class DelegateForm(Form):
    """The e-mail address of a person who is invited to file for the company."""

    missing = {"email": _("Enter the e-mail address of the person")}

    email = forms.EmailField(
        label=_("E-mail address of the person"),
        help_text=_(
            "We send the person an invitation by e-mail; they accept it after signing in or registering"
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class CompanyAnswerForm(Form):
    """What the claimant says to a question about the company, or to a refusal."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        widget=TextArea,
        error_messages={"required": _("Enter your answer")},
    )
