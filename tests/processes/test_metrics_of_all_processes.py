"""The metrics page counts every process of a web server, whichever of them answers."""

import os
import subprocess
import sys
from pathlib import Path

import yaml
from django.conf import settings

COUNT = """
import django
django.setup()
from django_prometheus.middleware import Metrics
from wpis.processes.waiting import WAITED
Metrics.get_instance().requests_total.inc()
WAITED.labels("wpis_errand").set({seconds})
"""
SHOW = """
import django
django.setup()
from django_prometheus.exports import ExportToDjangoView
print(ExportToDjangoView(None).content.decode())
"""


def in_a_process(script: str, directory: Path) -> str:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "wpis.settings",
        "PROMETHEUS_MULTIPROC_DIR": str(directory),
    }
    ran = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_two_processes_count_together_and_the_newest_figure_counts(tmp_path: Path) -> None:
    directory = tmp_path / "metrics"  # made by the first of them
    for seconds in (600, 30):
        in_a_process(COUNT.format(seconds=seconds), directory)
    told = in_a_process(SHOW, directory)
    assert "\ndjango_http_requests_before_middlewares_total 2.0\n" in told
    waits = [line for line in told.splitlines() if line.startswith("wpis_oldest_waiting_seconds{")]
    assert waits == ['wpis_oldest_waiting_seconds{table="wpis_errand"} 30.0']


def test_each_web_server_of_the_compose_file_has_a_directory_for_it() -> None:
    composed = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())["services"]
    given = {
        name for name, told in composed.items() if "PROMETHEUS_MULTIPROC_DIR" in told.get("environment", {})
    }
    assert given == {"portal", "office", "protection"}
