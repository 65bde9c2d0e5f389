"""Workers, beat and ringer say that they work, and the compose file notices when one no longer does."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import yaml
from celery.signals import before_task_publish, heartbeat_sent
from django.conf import settings

from wpis.management.commands import ringer

BACKGROUND = {"worker-open", "worker-files", "worker-restricted", "beat", "ringer"}


@pytest.fixture
def file(tmp_path: Path, settings: Any) -> Path:
    settings.HEARTBEAT_FILE = str(tmp_path / "heartbeat")
    return tmp_path / "heartbeat"


@pytest.mark.parametrize("signal", [heartbeat_sent, before_task_publish])
def test_a_worker_and_beat_say_so(file: Path, signal: Any) -> None:
    signal.send(sender="x")
    assert file.exists()


@pytest.mark.django_db
def test_the_ringer_says_so_after_each_round(file: Path) -> None:
    command = ringer.Command()
    command.running = True

    def stop(_: float) -> None:
        command.running = False

    with patch("time.sleep", stop):
        command._poll([])
    assert file.exists()


def test_the_compose_file_tells_one_that_works_from_one_that_does_not(tmp_path: Path) -> None:
    composed = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())["services"]
    for name in BACKGROUND:
        service = composed[name]
        assert service["environment"]["WPIS_HEARTBEAT_FILE"], name
        _cmd, _python, *words = service["healthcheck"]["test"]
        file = tmp_path / name
        assert check(words, file) != 0, "it has not begun"
        file.touch()
        assert check(words, file) == 0
        long_ago = file.stat().st_mtime - 90
        os.utime(file, (long_ago, long_ago))
        assert check(words, file) != 0, "it hangs"


def check(words: list[str], file: Path) -> int:
    environment = {**os.environ, "WPIS_HEARTBEAT_FILE": str(file)}
    return subprocess.run([sys.executable, *words], env=environment, capture_output=True).returncode
