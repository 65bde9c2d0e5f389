"""The page about where the worker will live."""

from django import forms
from django.utils.translation import gettext_lazy as _

from permits.employer.forms.part import PartForm
from permits.models.terms import HousingProvider
from wpis.classifications.provinces import Province
from wpis.ui.fields import YesNoField
from wpis.ui.widgets import Radios, Select


class HousingForm(PartForm):
    """Where the worker will live; when the worker arranges it, the first answer is enough."""

    part = "housing"

    provider = forms.ChoiceField(
        label=_("Who arranges housing?"), choices=HousingProvider.choices, widget=Radios
    )
    province = forms.ChoiceField(label=_("Province"), choices=[("", ""), *Province.choices], widget=Select)
    address = forms.CharField(label=_("Address where the worker will live"), max_length=250)
    persons_per_room = forms.IntegerField(
        label=_("Persons in one room"),
        min_value=1,
        max_value=500,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w4"}),
    )
    capacity = forms.IntegerField(
        label=_("Beds in the house"),
        min_value=1,
        max_value=5000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w4"}),
    )
    at_workplace = YesNoField(label=_("Is it on the grounds of the workplace?"))
