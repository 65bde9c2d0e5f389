"""Wall: keys. Permits are signed in the office's web process; no other process holds, or starts with, that key."""

import base64
import json
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.test import override_settings

from wpis.crypto.holders import misplaced_keys
from wpis.development.embedded.errors import CannotStart
from wpis.development.embedded.processes import services
from wpis.development.embedded.secrets import KEYS
from wpis.development.embedded.stack import Stack
from wpis.surfaces import refuse_open_wall

SIGNING = "WPIS_PERMIT_KEY"
PROCESSES = sorted(services.SURFACE.keys() - {"owner"})


def without_index_key_of(surface: str) -> override_settings:
    """Who looks into files of strangers holds no index key."""
    return override_settings(**({"WPIS_INDEX_KEY": ""} if surface == "files" else {}))


def as_on(surface: str, *digesting: str) -> override_settings:
    """The settings of a process of this surface, with the digest keys of these surfaces; without any, its own."""
    held = digesting or ((surface, "files") if surface == "office" else (surface,))
    keys = {kid: key for kid, key in settings.WPIS_DIGEST_KEYS.items() if kid.partition("-")[0] in held}
    return override_settings(WPIS_SURFACE=surface, WPIS_DIGEST_KEYS=keys)


def held_by(pid: int) -> set[str]:
    """The keys in the environment of a living process."""
    lines = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return {line.partition("=")[0] for line in lines} & KEYS


def keys_in_compose() -> dict[str, set[str]]:
    composed = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())["services"]
    return {name: KEYS & service.get("environment", {}).keys() for name, service in composed.items()}


@pytest.mark.parametrize("surface", ["portal", "protection"])
def test_a_process_that_only_verifies_does_not_start_with_the_signing_key(surface: str) -> None:
    with as_on(surface):
        assert any(SIGNING in reason for reason in misplaced_keys(web=True))
        with override_settings(WPIS_PERMIT_KEY={}):
            assert misplaced_keys(web=True) == []


@pytest.mark.parametrize("surface", ["office", "protection", "files"])
def test_a_worker_signs_nothing_and_does_not_start_with_the_key(surface: str) -> None:
    with as_on(surface, surface), without_index_key_of(surface):
        assert any(SIGNING in reason for reason in misplaced_keys(web=False))
        with override_settings(WPIS_PERMIT_KEY={}, WPIS_PERMIT_PUBLIC_KEYS={}):
            assert misplaced_keys(web=False) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"WPIS_PERMIT_KEY": {}},
        {"WPIS_PERMIT_PUBLIC_KEYS": {}},
        {"WPIS_PERMIT_PUBLIC_KEYS": {"p1": base64.b64encode(b"2" * 32).decode()}},
        {"WPIS_PERMIT_KEY": {"kid": "p2", "seed": base64.b64encode(b"2" * 32).decode()}},
    ],
)
def test_the_office_starts_only_with_a_key_that_everybody_can_verify(wrong: dict[str, object]) -> None:
    with as_on("office"):
        assert misplaced_keys(web=True) == []
        with override_settings(**wrong):
            assert len(misplaced_keys(web=True)) == 1


def test_the_portal_does_not_start_when_it_could_verify_nothing() -> None:
    with as_on("portal"), override_settings(WPIS_PERMIT_KEY={}, WPIS_PERMIT_PUBLIC_KEYS={}):
        assert any("WPIS_PERMIT_PUBLIC_KEYS" in reason for reason in misplaced_keys(web=True))


@pytest.mark.parametrize("surface", ["portal", "office", "protection", "files"])
def test_a_process_digests_with_its_own_key_and_holds_no_other(surface: str) -> None:
    with override_settings(WPIS_PERMIT_KEY={}), without_index_key_of(surface):
        with as_on(surface, surface):
            assert misplaced_keys(web=False) == []
        with as_on(surface, "owner"):
            found = misplaced_keys(web=False)
            assert any("no key of" in reason for reason in found)
            assert any("owner-1" in reason for reason in found)
            assert not any("no key of" in reason for reason in misplaced_keys(web=False, writes=False))
        with as_on(surface, *("portal", "office", "protection", "files", "owner")):
            assert any("records for itself" in reason for reason in misplaced_keys(web=False))
            # The auditor's log is verified where it is read: in the web process of protection.
            found = misplaced_keys(web=True)
            assert any("records for itself" in reason for reason in found) == (surface != "protection")


def test_the_office_starts_only_where_it_can_verify_the_files_that_it_shows() -> None:
    with as_on("office", "office"):
        assert any("no key of files" in reason for reason in misplaced_keys(web=True))
        with override_settings(WPIS_PERMIT_KEY={}):
            assert misplaced_keys(web=False) == [], "its worker shows nothing"
    with as_on("office", "office", "files"), override_settings(WPIS_PERMIT_KEY={}):
        assert any("records for itself" in reason for reason in misplaced_keys(web=False))


def test_who_looks_into_files_holds_no_index_key() -> None:
    with as_on("files"), override_settings(WPIS_PERMIT_KEY={}):
        assert any("WPIS_INDEX_KEY" in reason for reason in misplaced_keys(web=False))


@pytest.mark.parametrize("wrong", ["", "hunter2", base64.b64encode(b"hunter2").decode()])
@pytest.mark.parametrize("surface", ["portal", "office", "protection", "files"])
def test_no_process_that_records_something_starts_with_keys_that_it_cannot_use(
    surface: str, wrong: str
) -> None:
    """It would refuse every page, and a worker would give up every file and letter that it is handed."""
    needs: dict[str, object] = {"WPIS_FIELD_KEYS": {"k1": wrong} if wrong else {}}
    if surface in ("portal", "protection"):
        needs["WPIS_INDEX_KEY"] = wrong
    with as_on(surface, surface), override_settings(WPIS_PERMIT_KEY={}), without_index_key_of(surface):
        assert misplaced_keys(web=False) == []
        for name, value in needs.items():
            with override_settings(**{name: value}):
                (said,) = misplaced_keys(web=False)
                assert said.startswith(name)
                assert "hunter2" not in said
                assert misplaced_keys(web=False, writes=False) == [], "beat and ringer need neither"


def test_compose_gives_the_digest_keys_that_the_demo_gives() -> None:
    composed = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())["services"]
    for name, surfaces in services.DIGEST_KEYS_OF.items():
        given = composed["migrate" if name == "owner" else name]["environment"]["WPIS_DIGEST_KEYS"]
        assert {kid.partition("-")[0] for kid in json.loads(given)} == surfaces, name


@pytest.mark.django_db
def test_the_start_of_a_process_asks_about_its_keys() -> None:
    from tests.conftest import standing_on

    with standing_on("portal"), pytest.raises(SystemExit, match=SIGNING):
        refuse_open_wall(web=True)


def test_compose_gives_each_container_what_the_demo_gives_its_process() -> None:
    given = keys_in_compose()
    assert {name: given[name] for name in PROCESSES} == {name: services.KEYS_OF[name] for name in PROCESSES}
    assert [name for name, keys in given.items() if SIGNING in keys] == ["office"]


@pytest.fixture(scope="module")
def signing_key() -> str:
    """Any key; a process must refuse it unread."""
    return json.dumps({"kid": "p1", "seed": base64.b64encode(b"s" * 32).decode()})


@pytest.mark.parametrize("surface", ["portal", "protection"])
def test_a_real_web_process_with_the_signing_key_ends_at_once(surface: str, signing_key: str) -> None:
    with (
        pytest.raises(CannotStart, match=f"WPIS_PERMIT_KEY signs permits, and this process .{surface}."),
        Stack(webs=(surface,), workers=(), ringer=False, environment={SIGNING: signing_key}),
    ):
        pass


def test_a_real_office_whose_key_is_not_published_ends_at_once(signing_key: str) -> None:
    with (
        pytest.raises(CannotStart, match="public half of p1 is not the one"),
        Stack(webs=("office",), workers=(), ringer=False, environment={SIGNING: signing_key}),
    ):
        pass


def test_running_processes_hold_the_keys_they_need_and_no_others() -> None:
    with Stack(beat=True) as stack:
        held = {name: held_by(stack.pid(name)) for name in PROCESSES}
        below = {name: [held_by(pid) for pid in stack.children(name)] for name in PROCESSES}
    assert held == {name: services.KEYS_OF[name] for name in PROCESSES}
    for name, children in below.items():
        assert all(child == services.KEYS_OF[name] for child in children), name
