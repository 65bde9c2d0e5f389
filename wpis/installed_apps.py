"""The apps of this product that are installed in this process, found in Django's app registry."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.utils.module_loading import autodiscover_modules


def own_apps() -> list[AppConfig]:
    """The base apps and the product's apps, in the order of INSTALLED_APPS; no library."""
    ground = Path(settings.BASE_DIR) / "wpis"
    return [
        config
        for config in apps.get_app_configs()
        if Path(config.path) == ground or Path(config.path).parent in (ground, settings.BASE_DIR)
    ]


def own_modules(name: str) -> Iterator[Any]:
    """The module `<app>.<name>` of every own app that has one, imported."""
    autodiscover_modules(name)
    for config in own_apps():
        if module := sys.modules.get(f"{config.name}.{name}"):
            yield module
