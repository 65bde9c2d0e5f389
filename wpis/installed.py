"""The apps of this product that the running surface has installed, without naming any of them."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings


def own_apps() -> list[AppConfig]:
    """The ground and the apps that lie beside it, in the order of the settings; no library."""
    ground = Path(settings.BASE_DIR) / "wpis"
    return [
        config
        for config in apps.get_app_configs()
        if Path(config.path) == ground or Path(config.path).parent in (ground, settings.BASE_DIR)
    ]


def own_modules(name: str) -> Iterator[Any]:
    """The module `<app>.<name>` of every own app that has one, imported."""
    for config in own_apps():
        if find_spec(f"{config.name}.{name}"):
            yield import_module(f"{config.name}.{name}")
