"""Form fields that accept common spellings and report errors in plain words."""

from wpis.ui.fields.address import AddressField
from wpis.ui.fields.choices import SeveralField, YesNoField
from wpis.ui.fields.date import DateField, PartialDateField
from wpis.ui.fields.money import MoneyField
from wpis.ui.fields.name import NameField
from wpis.ui.fields.numbers import AccountField, PassportNumberField, TaxNumberField
from wpis.ui.fields.phone import PhoneField

__all__ = [
    "AccountField",
    "AddressField",
    "DateField",
    "MoneyField",
    "NameField",
    "PartialDateField",
    "PassportNumberField",
    "PhoneField",
    "SeveralField",
    "TaxNumberField",
    "YesNoField",
]
