"""The starting catalogue: which indicators it has, and that each lies in the folder of its group."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

from alerts.evidence import Group
from alerts.rules import indicators
from alerts.rules.catalogue import catalogue


def test_the_indicators_of_the_first_release_are_there() -> None:
    assert list(catalogue()) == [
        *("A01", "A03", "A04", "A05", "A06", "A07", "A09", "A10", "A14"),
        *("B02", "B11", "C01", "C02", "C03"),
    ]


@pytest.mark.parametrize(
    "path", ["money/a99_child_again.py", "person/a98_child_again.py", "a99_child_again.py"]
)
def test_an_indicator_outside_the_folder_of_its_group_or_misnamed_is_refused(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = tmp_path / path
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(
        "from dataclasses import replace\n"
        "from alerts.rules.indicators.person.a14_child import INDICATOR as CHILD\n"
        "INDICATOR = replace(CHILD, id='A99')\n"
    )
    for package in (indicators, *(import_module(f"{indicators.__name__}.{group}") for group in Group.values)):
        folder = tmp_path / package.__name__.removeprefix(indicators.__name__).lstrip(".")
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    with pytest.raises(ValueError, match=f"indicators/{path} does not fit .*A99 of the group person"):
        catalogue.__wrapped__()
    for name in [name for name in sys.modules if name.endswith("_child_again")]:
        del sys.modules[name]
