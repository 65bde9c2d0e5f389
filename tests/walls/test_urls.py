"""Wall: process. Portal and office do not install the restricted apps and have no address of theirs."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

PROBE = """
import json, sys, django
django.setup()
from django.apps import apps
from django.urls import get_resolver

def walk(patterns, prefix=""):
    for item in patterns:
        place = prefix + str(item.pattern)
        if hasattr(item, "url_patterns"):
            yield from walk(item.url_patterns, place)
        else:
            yield place, item.callback.__module__

routes = sorted(walk(get_resolver().url_patterns))
loaded = sorted(name for name in sys.modules if name.split(".")[0] in ("alerts", "referral"))
try:
    import alerts.models
    imported = True
except RuntimeError:
    imported = False
print(json.dumps({"apps": [c.label for c in apps.get_app_configs()], "routes": routes, "imported": imported,
                  "loaded": loaded}))
"""


def probe(surface: str) -> dict[str, Any]:
    """What a process of this surface has installed, loaded and routed."""
    environment = os.environ | {"WPIS_SURFACE": surface, "DJANGO_SETTINGS_MODULE": "wpis.settings"}
    done = subprocess.run(
        [sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("surface", ["portal", "office"])
def test_an_open_process_has_neither_app_nor_address_nor_module_of_theirs(surface: str) -> None:
    seen = probe(surface)
    assert not {"alerts", "referral"} & set(seen["apps"])
    assert not seen["imported"], "importing alerts.models must fail in this process"
    assert seen["loaded"] == []
    assert len(seen["routes"]) > 20
    assert not [route for route in seen["routes"] if route[1].split(".")[0] in ("alerts", "referral")]


def test_the_third_surface_has_them() -> None:
    seen = probe("protection")
    assert {"alerts", "referral"} <= set(seen["apps"])
    assert [route for route in seen["routes"] if route[1].startswith("alerts.")]
