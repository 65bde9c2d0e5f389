"""Walks the URL configuration of a surface: every address, the view behind it, and what it demands."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

SURFACES = ("portal", "office", "protection")
GROUND = ("allauth",)  # sign-in pages of the library: open by nature, tested by it and in test_sign_in


@dataclass(frozen=True, slots=True)
class Address:
    """One route of one surface."""

    surface: str
    pattern: str
    name: str
    module: str
    demand: str  # power name, "public", "sign-in" or "" when nothing was said
    roles: tuple[str, ...]
    converters: tuple[tuple[str, str], ...]
    reads: tuple[str, ...]  # what a page leaves in the audit trail, as its view declares


def addresses(surface: str) -> list[Address]:
    """Every address of a surface, in the order of its URL configuration."""
    return list(_walk(surface, import_module(f"wpis.urls.{surface}").urlpatterns, "", ""))


def _walk(surface: str, patterns: Any, prefix: str, namespace: str) -> Iterator[Address]:
    for item in patterns:
        pattern = prefix + str(item.pattern)
        if hasattr(item, "url_patterns"):
            inner = f"{namespace}{item.namespace}:" if item.namespace else namespace
            yield from _walk(surface, item.url_patterns, pattern, inner)
            continue
        view = item.callback
        owner = getattr(view, "cls", None) or getattr(view, "view_class", None) or view
        power = getattr(view, "power", None) or getattr(owner, "power", None)
        public = getattr(view, "public", None) or getattr(owner, "public", None)
        if power:
            demand, roles = power.name, tuple(sorted(power.roles))
        elif public:
            demand, roles = "public", ()
        elif view.__module__.split(".")[0] in GROUND:
            demand, roles = "sign-in", ()
        else:
            demand, roles = "", ()
        converters = tuple((name, type(c).__name__) for name, c in item.pattern.converters.items())
        yield Address(
            surface,
            pattern,
            f"{namespace}{item.name}" if item.name else "",
            view.__module__,
            demand,
            roles,
            converters,
            getattr(view, "reads", ()),
        )
