"""A lost server comes back as it was at a marked second, works, and what is wrong with a backup or a copy is found."""

import re
import shutil
from collections.abc import Iterator

import pytest

from tests.drill.drill import Drill, ask
from tests.drill.programs import Failed
from wpis.development.embedded.errors import CannotStart
from wpis.development.embedded.servers.postgres import Postgres


@pytest.fixture(scope="module")
def drill() -> Iterator[Drill]:
    """A server that worked, was backed up meanwhile, went on, and is lost."""
    played = Drill(print)
    try:
        played.work_and_lose()
        yield played
    finally:
        played.close()


@pytest.fixture(scope="module")
def copy(drill: Drill) -> Iterator[Postgres]:
    """What was restored of it, running."""
    server = drill.restore()
    try:
        yield server
    finally:
        server.stop()


def test_no_request_was_refused_while_the_backup_was_taken_and_rights_were_granted(drill: Drill) -> None:
    assert drill.granted > 0
    assert drill.refused == []


def test_the_backup_and_the_archive_are_whole_and_hold_no_key(drill: Drill) -> None:
    assert "is whole" in drill.programs.run("verify_backup.sh", drill.programs.root)
    assert drill.keys_kept() == []
    planted = drill.programs.root / "planted"
    planted.write_text(f"copied by mistake: {drill.secrets['WPIS_INDEX_KEY']}")
    assert drill.keys_kept() == ["WPIS_INDEX_KEY in planted"]
    planted.unlink()


def test_the_copy_is_what_was_there_at_the_marked_second(drill: Drill, copy: Postgres) -> None:
    tables = drill.marked.tables
    assert sum(rows > 0 for rows, _ in tables.values()) > 30
    assert drill.marked.sections["policies"]
    assert len(drill.marked.sections["grants"]) > 100
    assert drill.differences(copy) == []


@pytest.mark.parametrize(
    ("planted", "taken_back", "words"),
    [
        (
            "UPDATE permits_employer SET name_en = name_en || '.'",
            "UPDATE permits_employer SET name_en = rtrim(name_en, '.')",
            "table permits_employer has as many rows, and others",
        ),
        (
            "REVOKE INSERT ON permits_application FROM wpis_portal",
            "GRANT INSERT ON permits_application TO wpis_portal",
            "grants: table permits_application",
        ),
        (
            "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
            "ALTER TABLE audit_auditevent ENABLE TRIGGER ALL",
            "triggers: audit_auditevent",
        ),
        (
            "ALTER ROLE wpis_portal RESET statement_timeout",
            "ALTER ROLE wpis_portal SET statement_timeout = '30s'",
            "settings of roles: wpis_portal",
        ),
    ],
)
def test_a_changed_row_a_missing_grant_and_the_like_are_found(
    drill: Drill, copy: Postgres, planted: str, taken_back: str, words: str
) -> None:
    ask(copy.url(), planted)
    assert any(difference.startswith(words) for difference in drill.differences(copy))
    ask(copy.url(), taken_back)


def test_the_copy_archives_nothing_and_says_what_it_is(copy: Postgres) -> None:
    assert ask(copy.url(), "SELECT current_setting('archive_mode'), current_setting('cluster_name')") == [
        ("off", "wpis-copy")
    ]


def test_a_missing_segment_is_found_before_the_restore_and_stops_it(drill: Drill) -> None:
    """Not the copy that would be missing an hour: none."""
    root = drill.place / "incomplete"
    shutil.copytree(drill.programs.root, root)
    for path in (root, *root.rglob("*")):
        drill.programs.account.owns(path)
    segments = sorted((root / "wal").glob("0000000100000000000000??.gz"))
    assert len(segments) >= 3
    segments[-2].unlink()
    with pytest.raises(Failed, match="not whole"):
        drill.programs.run("verify_backup.sh", root)
    label = (root / "base" / drill.name / "data" / "backup_label").read_text()
    (first,) = re.findall(r"START WAL LOCATION: .*\(file (\w{24})\)", label)
    for path in segments[:-2] + segments[-1:]:
        if path.name > f"{first}.gz":  # what leads from the backup to the marked second
            path.unlink()
    with pytest.raises(CannotStart):
        drill.restore("incomplete-copy", root)


def test_a_file_that_was_changed_is_found(drill: Drill) -> None:
    file = next((drill.programs.root / "base" / drill.name / "data" / "base").rglob("PG_VERSION"))
    content = file.read_bytes()
    file.write_bytes(b"17\n")
    with pytest.raises(Failed, match="verify"):
        drill.programs.run("verify_backup.sh", drill.programs.root)
    file.write_bytes(content)


def test_the_service_works_on_the_copy(drill: Drill, copy: Postgres) -> None:
    stack = drill.stack_on_copy(copy.url())
    assert "every role holds" in stack.manage("grant_surfaces", "--check")
    assert "everything verifies" in stack.manage("verify_audit")
    assert "older keys" not in stack.manage("rotate_field_keys", "--check")
    assert "The main job works from end to end" in drill.smoke_on_server(copy.url())
