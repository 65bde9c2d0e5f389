"""Wall: imports. The contracts in pyproject.toml hold, and they would notice a breach."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings


def lint() -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=120)


def test_the_import_contracts_hold() -> None:
    done = lint()
    assert done.returncode == 0, done.stdout
