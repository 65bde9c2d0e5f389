"""A bundle of static files for each surface: none serves a file of another one, and no open one a word of the third."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client, override_settings

from tests.conftest import standing_on
from tests.walls.words import secrets_in

SURFACES = ("portal", "office", "protection")
FOLDERS = {"shared": SURFACES, "staff": ("office", "protection"), "protection": ("protection",)}
READABLE = {".css", ".js", ".svg", ".txt", ".md", ".json", ".map", ".html"}


def own_files(folder: str) -> list[str]:
    """The files of one folder, as they stand behind /static/."""
    root = settings.BASE_DIR / "static" / folder
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


@contextmanager
def bundle_of(surface: str) -> Iterator[None]:
    """The settings that a process of this surface reads."""
    with override_settings(STATICFILES_DIRS=settings.WPIS_STATIC[surface]):
        yield


def collected(surface: str, place: Path) -> dict[str, Path]:
    """What the image's build collects for a surface."""
    with bundle_of(surface), override_settings(STATIC_ROOT=str(place)):
        call_command("collectstatic", "--noinput", verbosity=0)
    return {path.relative_to(place).as_posix(): path for path in place.rglob("*") if path.is_file()}


def test_every_folder_belongs_to_somebody_and_every_file_lies_in_one() -> None:
    static = settings.BASE_DIR / "static"
    assert {path.name for path in static.iterdir()} == set(FOLDERS)
    assert settings.WPIS_STATIC.keys() == {*SURFACES, "files", "owner"}
    for surface in SURFACES:
        folders = {Path(folder).name for folder in settings.WPIS_STATIC[surface]}
        assert folders == {name for name, readers in FOLDERS.items() if surface in readers}


@pytest.mark.django_db
@pytest.mark.parametrize("surface", SURFACES)
def test_a_surface_serves_its_own_files_and_answers_not_found_for_any_other(surface: str) -> None:
    with bundle_of(surface), standing_on(surface):
        client: Any = Client(HTTP_ACCEPT_LANGUAGE="en")
        nowhere = client.get("/static/wpi/nowhere.css")
        assert nowhere.status_code == 404
        for folder, readers in FOLDERS.items():
            for name in own_files(folder):
                answer = client.get(f"/static/{name}")
                answer.close()
                if surface in readers:
                    assert answer.status_code == 200, name
                    continue
                assert answer.status_code == 404, name
                assert answer.content == nowhere.content, name
                assert answer.headers.items() == nowhere.headers.items(), name


@pytest.mark.parametrize("surface", SURFACES)
def test_the_collected_bundle_holds_the_surfaces_own_files_and_no_other(surface: str, tmp_path: Path) -> None:
    names = collected(surface, tmp_path).keys()
    own = {name for folder, readers in FOLDERS.items() if surface in readers for name in own_files(folder)}
    brought = {name for name in names if name.startswith(("account/js/", "mfa/js/"))}
    assert names - brought == own
    assert brought, "the scripts of the sign-in pages"


@pytest.mark.parametrize("surface", ["portal", "office"])
def test_no_word_of_the_third_surface_stands_in_an_open_bundle(surface: str, tmp_path: Path) -> None:
    read = 0
    for name, path in collected(surface, tmp_path).items():
        assert not secrets_in(name), name
        if path.suffix in READABLE:
            read += 1
            assert not secrets_in(path.read_text(encoding="utf-8")), name
    assert read > 5


def test_a_word_in_a_bundle_is_noticed(tmp_path: Path) -> None:
    """The control: what libraries bring beside their sign-in scripts would be found."""
    with override_settings(STATICFILES_FINDERS=["django.contrib.staticfiles.finders.AppDirectoriesFinder"]):
        files = collected("portal", tmp_path)
    assert any(secrets_in(path.read_text(errors="replace")) for path in files.values())


def test_every_file_that_a_template_names_is_in_the_bundle_of_its_readers() -> None:
    for surface, names in {
        "portal": ["wpi/wpi.css", "wpi/focus.js", "wpi/session.js", "wpi/icon.svg", "mfa/js/webauthn.js"],
        "office": ["wpi/staff.css", "wpi/staff.js", "account/js/onload.js"],
        "protection": ["wpi/staff.css", "wpi/protection.css"],
    }.items():
        with bundle_of(surface):
            assert all(finders.find(name) for name in names), surface
