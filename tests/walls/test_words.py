"""Wall: strings. Linters cannot see words in code, templates, translations and static files; this does."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from tests.walls.words import secrets_in

ROOT: Path = settings.BASE_DIR
# The two files that assemble the surfaces, and the one that routes to the third, name what they assemble.
ASSEMBLY = {"wpis/settings.py", "wpis/celery.py", "wpis/urls/protection.py"}
# Templates and static files that only the third surface serves.
RESTRICTED = (
    "templates/alerts",
    "templates/referral",
    "templates/base_protection.html",
    "static/protection",
)
SUFFIXES = {".py", ".html", ".txt", ".css", ".js", ".yaml", ".typ", ".svg"}


def open_files() -> list[str]:
    """Every file of the product that portal or office run, render or serve."""
    paths = []
    for folder in ("permits", "wpis", "templates", "static"):
        for path in sorted((ROOT / folder).rglob("*")):
            place = str(path.relative_to(ROOT))
            closed = place in ASSEMBLY or place.startswith(RESTRICTED)
            if path.suffix in SUFFIXES and not closed:
                paths.append(place)
    return paths


@pytest.mark.parametrize("place", open_files())
def test_no_secret_word_stands_in_an_open_file(place: str) -> None:
    found = secrets_in((ROOT / place).read_text(encoding="utf-8"))
    assert not found, f"{place}: {found[:3]}"


@pytest.mark.parametrize("language", ["hy", "ru"])
def test_no_open_translation_says_more_than_its_source(language: str) -> None:
    path = ROOT / "wpis" / "locale" / language / "LC_MESSAGES" / "django.po"
    stems = {
        "hy": ["թրաֆիքինգ", "շահագործ", "կասկած", "ահազանգ", "ռիսկ"],
        "ru": ["торговл", "эксплуатац", "подозр", "сигнал", "риск"],
    }[language]
    with path.open("rb") as file:
        for message in read_po(file, locale=language):
            places = [place for place, _line in message.locations]
            is_open = any(not place.startswith(("alerts", "referral", *RESTRICTED)) for place in places)
            if is_open and message.id:
                text = " ".join(message.string) if isinstance(message.string, tuple) else str(message.string)
                assert not any(stem in text.lower() for stem in stems), (message.id, text)


def test_the_list_catches_a_planted_word() -> None:
    assert secrets_in('render(request, "x.html", {"risk_level": 3})')
    assert secrets_in("Screening is under way")
    assert not secrets_in("brisk asterisk")
