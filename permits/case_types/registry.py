"""Finds the case types: every file of this folder that declares a `CASE_TYPE` is one, named like the file."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from permits import case_types
from permits.case_types.declaration import CaseType

NOT_CASE_TYPES = frozenset({"declaration", "registry"})
LONGEST_SLUG = 40
"""Width of the column that keeps it."""


def read(package: ModuleType) -> dict[str, CaseType]:
    """The case types of a package by slug. Raises ImproperlyConfigured for a file that declares none or another's."""
    found = {}
    for module in sorted(iter_modules(package.__path__), key=lambda module: module.name):
        if module.name in NOT_CASE_TYPES:
            continue
        declared = getattr(import_module(f"{package.__name__}.{module.name}"), "CASE_TYPE", None)
        if not isinstance(declared, CaseType):
            raise ImproperlyConfigured(f"{package.__name__}.{module.name} declares no CASE_TYPE")
        if declared.slug != module.name or len(declared.slug) > LONGEST_SLUG:
            raise ImproperlyConfigured(f"{package.__name__}.{module.name}: its slug is {declared.slug!r}")
        found[declared.slug] = declared
    return found


CASE_TYPES = read(case_types)


def case_type(slug: str) -> CaseType:
    """The case type with this slug. Raises KeyError for one that nobody declared."""
    return CASE_TYPES[slug]


def choices() -> list[tuple[str, str | Promise]]:
    """(slug, title) of every case type. A callable, so that a new file needs no migration."""
    return [(slug, declared.title) for slug, declared in CASE_TYPES.items()]
