"""Wall: imports. No circle, and none hidden by an import in a function or by the name of an own model.

The baselines below are empty and stay so.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
from django.conf import settings

from tests.walls.code.circles import OWN, circles, hidden_imports, names_of_own, product_files, rooms

ROOT = Path(settings.BASE_DIR)

CIRCLES: list[list[str]] = []
"""Modules that reach each other by imports, wherever in a module these stand."""

ROOM_CIRCLES: list[list[str]] = []
"""Packages and modules in one folder, at any depth, that reach each other while their modules do not."""

HIDDEN: dict[str, set[str]] = {}
"""Imports of our own that do not stand at the top of their module, under TYPE_CHECKING included."""

BY_NAME: dict[str, set[str]] = {}
"""Own models that are reached by a string."""

WHEN_READY = {
    "wpis/accounts/apps.py": "AppConfig.ready: signals of allauth are connected when the models are loaded",
}
"""Modules that must import later; not part of the baseline."""


def imports(*packages: str) -> dict[str, set[str]]:
    """module -> modules it imports, those under TYPE_CHECKING and inside functions included."""
    graph = grimp.build_graph(*packages, exclude_type_checking_imports=False, cache_dir=None)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


@pytest.fixture(scope="module")
def graph() -> dict[str, set[str]]:
    return imports(*OWN)


def test_no_modules_import_each_other_in_a_circle(graph: dict[str, set[str]]) -> None:
    assert len(graph) > 400
    assert circles(graph) == CIRCLES


def test_no_rooms_import_each_other_in_a_circle(graph: dict[str, set[str]]) -> None:
    found = rooms(graph)
    assert {room.split(".")[0] for room in found} == set(OWN)
    assert {"permits", "permits.officer", "permits.officer.file", "permits.officer.file.masks"} <= set(found)
    assert circles(found) == ROOM_CIRCLES


def in_product(find: object) -> dict[str, set[str]]:
    """File -> what was found in it, over the whole product."""
    assert callable(find)
    return {
        str(file.relative_to(ROOT)): found
        for file in product_files(ROOT)
        if (found := {name for _line, name in find(file.read_text(encoding="utf-8"))})
    }


def test_no_import_of_our_own_hides_in_a_function_or_a_block() -> None:
    found = in_product(hidden_imports)
    assert {file: names for file, names in found.items() if file not in WHEN_READY} == HIDDEN
    assert found.keys() >= WHEN_READY.keys()


def test_no_own_model_or_module_is_reached_by_name() -> None:
    assert in_product(names_of_own) == BY_NAME


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small package without faults: doors > actions > models."""
    package = tmp_path / "planted"
    for room in ("actions", "doors"):
        (package / room).mkdir(parents=True)
    (package / "__init__.py").write_text('"""A package."""\n')
    (package / "models.py").write_text('"""Models."""\n')
    (package / "actions" / "__init__.py").write_text('"""Actions."""\n')
    (package / "actions" / "filing.py").write_text("from planted import models\n")
    (package / "doors" / "__init__.py").write_text("from planted.actions import filing\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield package
    for name in [name for name in sys.modules if name.split(".")[0] == "planted"]:
        del sys.modules[name]


@pytest.mark.parametrize(
    "fault",
    [
        "from planted.actions import filing\n",
        "def save():\n    from planted.actions import filing\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from planted.actions.filing import submit\n",
    ],
)
def test_a_planted_circle_is_found_wherever_the_import_stands(planted: Path, fault: str) -> None:
    assert circles(imports("planted")) == circles(rooms(imports("planted"))) == []
    (planted / "models.py").write_text(fault)
    assert circles(imports("planted")) == [["planted.actions.filing", "planted.models"]]
    assert circles(rooms(imports("planted"))) == [["planted.actions", "planted.models"]]


def test_a_circle_of_rooms_without_a_circle_of_modules_is_found(planted: Path) -> None:
    (planted / "actions" / "paths.py").write_text('"""No import."""\n')
    (planted / "models.py").write_text("from planted.actions import paths\n")
    assert circles(imports("planted")) == []
    assert circles(rooms(imports("planted"))) == [["planted.actions", "planted.models"]]


def test_a_circle_of_rooms_deep_inside_a_room_is_found(planted: Path) -> None:
    for room, neighbour in (("desk", "file"), ("file", "desk")):
        (planted / "doors" / room).mkdir()
        (planted / "doors" / room / "__init__.py").write_text('"""A room."""\n')
        (planted / "doors" / room / "names.py").write_text('"""No import."""\n')
        (planted / "doors" / room / "views.py").write_text(f"from planted.doors.{neighbour} import names\n")
    assert circles(imports("planted")) == []
    assert circles(rooms(imports("planted"))) == [["planted.doors.desk", "planted.doors.file"]]


def test_planted_hidden_imports_and_names_are_found() -> None:
    source = """
import os
from permits import models
def late():
    import json
    from permits.models import Decision
    import alerts.tasks
    from . import neighbour
    return apps.get_model("permits.Check"), get_model("accounts", "User"), import_string("wpis.outbox.run")
if TYPE_CHECKING:
    from wpis.accounts.models import User
row = apps.get_model(label)
library = import_module("json")
"""
    assert [name for _line, name in hidden_imports(source)] == [
        "permits.models",
        "alerts.tasks",
        ".",
        "wpis.accounts.models",
    ]
    assert [name for _line, name in names_of_own(source)] == ["permits.Check", "accounts", "wpis.outbox.run"]


def test_all_groups_that_reach_each_other_are_found_and_nothing_else() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": {"e"}, "e": set(), "f": {"f"}, "g": {"e", "a"}}
    assert circles(graph) == [["a", "b", "c"], ["f"]]
