"""The repository keeps its word: generated documentation is current, translations complete, dependencies explained."""

import re
import tomllib

import pytest
from django.conf import settings
from django.core.management import call_command

from wpis.management.commands.messages import missing, stale

ROOT = settings.BASE_DIR


def test_the_generated_documentation_is_up_to_date() -> None:
    call_command("generated_docs", "--check")


def test_armenian_has_words_for_every_string() -> None:
    assert missing("hy") == []


@pytest.mark.parametrize("language", ["hy", "ru"])
def test_no_translation_outlives_its_string(language: str) -> None:
    assert stale(language) == []


def test_placeholders_of_translations_match_their_source() -> None:
    from wpis.management.commands.messages import load

    marks = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd]")
    for language in ("hy", "ru"):
        for message in load(language):
            if message.id and message.string and isinstance(message.id, str):
                assert sorted(marks.findall(message.id)) == sorted(marks.findall(str(message.string))), (
                    message.id
                )


CUSTOMERS = (
    *("django", "djangorestframework", "celery", "redis", "psycopg2-binary", "django-guardian"),
    "pytest-django",
)
"""Packages that the customer named: they need no reason, and they must not go."""


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needed = tomllib.loads(text)["project"]["dependencies"]
    reasons = {
        line.split('"')[1]: line.partition("#")[2].strip()
        for line in text.splitlines()
        if line.startswith('  "')
    }
    assert len(needed) > 20
    assert [d for d in needed if _package(d) not in CUSTOMERS and not reasons.get(d)] == []


def test_the_customers_packages_are_all_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    assert set(CUSTOMERS) <= {_package(line) for line in named if isinstance(line, str)}


def _package(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9-]", requirement, maxsplit=1)[0]


def test_the_top_level_is_the_customers() -> None:
    wanted = {
        "manage.py",
        "wpis",
        "permits",
        "alerts",
        "referral",
        "templates",
        "tests",
        "docker-compose.yml",
        "pyproject.toml",
        "README.md",
    }
    assert wanted <= {path.name for path in ROOT.iterdir()}


def test_every_variable_of_the_environment_is_explained() -> None:
    read = set(
        re.findall(r'"(WPIS_[A-Z_]+|DATABASE_URL|REDIS_URL)"', (ROOT / "wpis/settings.py").read_text())
    )
    told = (ROOT / "docs/operations.md").read_text() + (ROOT / ".env.example").read_text()
    assert [name for name in sorted(read) if name not in told] == []
