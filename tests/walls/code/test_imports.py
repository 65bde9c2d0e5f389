"""Wall: imports. The contracts in pyproject.toml hold, and they notice a breach; circles: `test_circles.py`."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def lint(root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120)


def test_the_import_contracts_hold() -> None:
    done = lint()
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product once more, to plant faults in."""
    root = tmp_path_factory.mktemp("product")
    shutil.copy(ROOT / "pyproject.toml", root)
    for package in ("wpis", "permits", "alerts", "referral"):
        shutil.copytree(ROOT / package, root / package, ignore=lambda folder, names: [
            name for name in names if (Path(folder) / name).is_file() and not name.endswith(".py")
        ])  # fmt: skip
    return root


@pytest.mark.parametrize(
    ("file", "imported", "contract"),
    [
        ("wpis/outbox.py", "permits.feed", "Data flows right"),
        ("permits/feed.py", "alerts.handover", "Nothing upstream knows"),
        ("alerts/tasks.py", "permits.models", "Others enter permits through feed only"),
        ("referral/tasks.py", "alerts.models", "Others enter alerts through handover"),
        ("wpis/law/book.py", "django.conf", "know no database"),
        ("permits/queries.py", "permits.actions", "actions > queries"),
        ("wpis/accounts/powers.py", "wpis.ui.errors", "rooms of the ground"),
    ],
)
def test_a_planted_breach_is_noticed(copy: Path, file: str, imported: str, contract: str) -> None:
    planted = copy / file
    before = planted.read_text(encoding="utf-8")
    planted.write_text(f"{before}\nimport {imported}\n", encoding="utf-8")
    try:
        done = lint(copy)
    finally:
        planted.write_text(before, encoding="utf-8")
    assert done.returncode == 1
    assert any(contract in line and "BROKEN" in line for line in done.stdout.splitlines()), done.stdout
