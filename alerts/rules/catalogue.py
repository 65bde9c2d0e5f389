"""The starting catalogue: every indicator of `indicators/<group>/`; a file that defines INDICATOR joins by itself."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from alerts.rules import indicators
from alerts.rules.indicator import Indicator


@cache
def catalogue() -> Mapping[str, Indicator]:
    """All indicators by id, in order. Raises ValueError when two files claim one id or a file is misplaced."""
    found: dict[str, Indicator] = {}
    for name in _modules():
        indicator: Indicator = import_module(f"{indicators.__name__}.{name}").INDICATOR
        if not name.startswith(f"{indicator.group.value}.{indicator.id.lower()}_") or indicator.id in found:
            raise ValueError(
                f"alerts/rules/indicators/{name.replace('.', '/')}.py does not fit the indicator in it: "
                f"{indicator.id} of the group {indicator.group.value}"
            )
        found[indicator.id] = indicator
    return MappingProxyType(dict(sorted(found.items())))


def _modules() -> Iterator[str]:
    """Every module below `indicators`, named from there: `terms.a01_wage_below_minimum`."""
    for group in iter_modules(indicators.__path__):
        if not group.ispkg:
            yield group.name
        for module in iter_modules([f"{folder}/{group.name}" for folder in indicators.__path__]):
            yield f"{group.name}.{module.name}"
