"""Says what a release fixture leaves out: it must hold a value in every column and a row of every condition."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Model

from alerts.models import Finding, FindingOutcome, Ruleset
from alerts.rules import rulesets
from wpis.crypto.fields import EncryptedField

OURS = ("wpis", "permits", "alerts", "referral")
LIBRARIES = (
    "account.emailaddress",
    "mfa.authenticator",
    "axes.accessattempt",
    "guardian.userobjectpermission",
)

NEVER_FILLED: dict[str, str] = {
    "permits.invitationchange.reason": "no step of an invitation asks for a reason",
    "permits.feeditem.started_at": "handing a submission on has no effect outside the database",
    "referral.casechange.reason": "reasons in words are kept in encrypted notes",
    "referral.referralchange.reason": "reasons in words are kept in encrypted columns of the referral",
}
"""Columns that stay empty in this release, each with its reason."""

UNREACHABLE: dict[tuple[str, str], str] = {
    ("B02", "unknown"): "age and number of applications of an employer are always known",
}
"""Findings that the code of this release cannot produce."""

LONG_LISTS = ("province", "language", "languages", "contract_languages")
"""Choices out of a long list of equals: some of them are enough."""


def gaps() -> list[str]:
    """Everything that is missing, as sentences; empty when the fixture is whole."""
    return [*empty_ciphertexts(), *empty_tables(), *empty_columns(), *missing_choices(), *missing_findings()]


def _ours() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]


def empty_ciphertexts() -> list[str]:
    """Encrypted columns without a value."""
    return [
        f"{model._meta.label}.{field.name} is encrypted and empty in every row"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedField)
        and f"{model._meta.label_lower}.{field.name}" not in NEVER_FILLED
        and not model._base_manager.filter(**{f"{field.name}__isnull": False}).exists()
    ]


NEVER_WRITTEN = {
    "wpis.ClockOffset": "only a development database has a row, and a process of production refuses to start with one",
    "wpis.SignOfLife": "what stands there is over after a minute; whatever runs writes it anew",
}
"""Tables that no story fills, each with its reason."""


def empty_tables() -> list[str]:
    """Tables of ours, and of libraries that keep something of ours, without a row."""
    expected = chain(_ours(), (apps.get_model(label) for label in LIBRARIES))
    labels = [model._meta.label for model in expected if not model._base_manager.exists()]
    return [f"{label} has no row" for label in labels if label not in NEVER_WRITTEN]


def empty_columns() -> list[str]:
    """Columns in which nothing ever stands."""
    return [
        f"{model._meta.label}.{field.name} is empty in every row"
        for model in _ours()
        for field in model._meta.local_concrete_fields
        if (field.null or field.blank) and not _is_filled(model, field)
        if f"{model._meta.label_lower}.{field.name}" not in NEVER_FILLED
    ]


def _is_filled(model: type[Model], field: Any) -> bool:
    rows = model._base_manager.filter(**{f"{field.name}__isnull": False})
    if isinstance(field, models.CharField | models.TextField):
        rows = rows.exclude(**{field.name: ""})
    return rows.exists()


def missing_choices() -> Iterator[str]:
    """Words of a closed list that stand in no row."""
    for model in _ours():
        for field in model._meta.local_concrete_fields:
            inner = field.base_field if isinstance(field, ArrayField) else field
            if not inner.choices or field.name in LONG_LISTS:
                continue
            rows = model._base_manager.values_list(field.name, flat=True).distinct()
            found = set(chain.from_iterable(row or () for row in rows)) if inner is not field else set(rows)
            for value, _label in inner.flatchoices:
                if value not in found:
                    yield f"{model._meta.label}.{field.name} is nowhere {value!r}"


def missing_findings() -> Iterator[str]:
    """Rules that found nothing or were never without an answer, and patterns that raised no alert."""
    rules = set().union(*(rulesets.content(ruleset).rules for ruleset in Ruleset.objects.all()))
    there = set(Finding.objects.values_list("indicator", "outcome"))
    for rule in sorted(rules):
        for outcome in FindingOutcome.values:
            if (rule, outcome) not in there and (rule, outcome) not in UNREACHABLE:
                yield f"no finding of {rule} is {outcome!r}"
    named = apps.get_model("alerts.Alert")._base_manager.values_list("typologies", flat=True)
    for typology in rulesets.typology_titles().keys() - set(chain.from_iterable(named)):
        yield f"no alert names {typology}"
