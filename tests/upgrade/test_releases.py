"""Each release leaves its fixture: later ones can only keep readable what they can try."""

import tomllib
from pathlib import Path

from tests.upgrade.restoring import RELEASES

ROOT = Path(__file__).parents[2]


def test_the_version_of_this_code_has_its_fixture() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert version in {folder.name for folder in RELEASES}, f"make release-fixture VERSION={version}"


def test_a_fixture_is_whole() -> None:
    for folder in RELEASES:
        assert {file.name for file in folder.iterdir()} == {"database.sql.gz", "expected.json", "keys.json"}
