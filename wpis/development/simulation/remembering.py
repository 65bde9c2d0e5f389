"""Writes down what the stages know at the end of a day, and reads it back in another process.

A pickle, with two limits. Rows, filings and companies are written as references and looked up on reading, so nothing
is kept twice and no label of a pattern leaves the generator. And reading makes nothing but the stages' own classes,
dates and keys.
"""

import pickle
import re
from io import BytesIO
from typing import Any

from django.apps import apps
from django.db import models

from wpis.development.simulation.country import Company, Country, Filing

_STAGES = re.compile(r"[a-z]+\.simulation(\.[a-z]+)*")
_PLAIN = frozenset(
    {
        ("uuid", "UUID"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("builtins", "set"),
        ("builtins", "frozenset"),
    }
)


def written(memory: Any) -> bytes:
    """The memory as bytes."""
    page = BytesIO()
    _Writer(page, protocol=5).dump(memory)
    return page.getvalue()


def read(page: bytes, country: Country) -> Any:
    """The same memory, with the rows as the database has them now and the filings of `country`.

    Raises pickle.UnpicklingError when the page holds anything else than what `written` writes.
    """
    return _Reader(page, country).load()


class _Writer(pickle.Pickler):
    def persistent_id(self, thing: Any) -> tuple[str, Any, Any] | None:
        match thing:
            case models.Model():
                return "row", thing._meta.label_lower, thing.pk
            case Filing():
                return "filing", thing.number, None
            case Company():
                return "company", thing.tax_number, None
        return None


class _Reader(pickle.Unpickler):
    def __init__(self, page: bytes, country: Country) -> None:
        super().__init__(BytesIO(page))
        self.filings = {filing.number: filing for filing in country.filings}
        self.companies = {filing.company.tax_number: filing.company for filing in country.filings}
        self.rows: dict[tuple[str, Any], models.Model] = {}

    def persistent_load(self, reference: tuple[str, Any, Any]) -> Any:
        match reference:
            case "filing", number, _:
                return self.filings[number]
            case "company", number, _:
                return self.companies[number]
            case "row", label, key:
                if (label, key) not in self.rows:  # one object a row, as it was
                    self.rows[label, key] = apps.get_model(label)._base_manager.get(pk=key)
                return self.rows[label, key]
        raise pickle.UnpicklingError(f"unknown reference {reference}")

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN or _STAGES.fullmatch(module):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is nothing that a stage remembers")
