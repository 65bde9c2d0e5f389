"""The indicators, one file each; a file that defines INDICATOR joins by itself."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from alerts.rules.indicator import Indicator


@cache
def catalogue() -> Mapping[str, Indicator]:
    """All indicators by id, in order. Raises ValueError when two files claim one id or a file is misnamed."""
    found: dict[str, Indicator] = {}
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        indicator: Indicator = import_module(f"{__name__}.{module.name}").INDICATOR
        if not module.name.startswith(f"{indicator.id.lower()}_") or indicator.id in found:
            raise ValueError(f"alerts/rules/indicators/{module.name}.py does not fit its id {indicator.id}")
        found[indicator.id] = indicator
    return MappingProxyType(found)
