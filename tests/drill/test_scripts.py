"""What each script of deploy/backup does when something is not as it should be."""

import gzip
import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.drill.programs import SCRIPTS
from wpis.development.embedded.account import Account
from wpis.development.embedded.servers.binaries import postgres_programs

SEGMENT = "000000010000000000000042"


def run(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    path = f"{postgres_programs(Account())}:{os.environ['PATH']}"
    return subprocess.run(
        [SCRIPTS / script, *map(str, arguments)], env={"PATH": path}, capture_output=True, text=True
    )


@pytest.fixture
def segment(tmp_path: Path) -> Path:
    file = tmp_path / "segment"
    file.write_bytes(b"one transaction" * 1000)
    return file


def test_a_segment_comes_back_as_it_was(tmp_path: Path, segment: Path) -> None:
    assert run("archive_wal.sh", segment, SEGMENT, tmp_path).returncode == 0
    assert run("restore_wal.sh", SEGMENT, tmp_path / "back", tmp_path).returncode == 0
    assert (tmp_path / "back").read_bytes() == segment.read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"segment", "back", f"{SEGMENT}.gz"}


def test_the_same_segment_may_be_archived_twice_and_another_never_takes_its_place(
    tmp_path: Path, segment: Path
) -> None:
    run("archive_wal.sh", segment, SEGMENT, tmp_path)
    assert run("archive_wal.sh", segment, SEGMENT, tmp_path).returncode == 0
    kept = (tmp_path / f"{SEGMENT}.gz").read_bytes()
    segment.write_bytes(b"of another server")
    refused = run("archive_wal.sh", segment, SEGMENT, tmp_path)
    assert refused.returncode == 1
    assert "share this archive" in refused.stderr
    assert (tmp_path / f"{SEGMENT}.gz").read_bytes() == kept


def test_a_full_or_absent_archive_is_an_error_so_that_the_server_keeps_the_segment(
    tmp_path: Path, segment: Path
) -> None:
    assert run("archive_wal.sh", segment, SEGMENT, tmp_path / "absent").returncode not in (
        0,
        *range(128, 256),
    )


def test_the_end_of_the_archive_is_told_from_a_segment_that_cannot_be_read(tmp_path: Path) -> None:
    """PostgreSQL takes 1 for the end of the archive and opens; above 125 it stops."""
    assert run("restore_wal.sh", SEGMENT, tmp_path / "back", tmp_path).returncode == 1
    whole = gzip.compress(b"one transaction" * 1000)
    (tmp_path / f"{SEGMENT}.gz").write_bytes(whole[:-20])
    assert run("restore_wal.sh", SEGMENT, tmp_path / "back", tmp_path).returncode == 126


@pytest.mark.parametrize(
    "moment", ["2026-11-28 02:15:00", "2026-11-28", "yesterday", "2026-11-28 02:15:00+04'"]
)
def test_a_moment_without_its_offset_is_refused_before_anything_is_written(
    tmp_path: Path, moment: str
) -> None:
    assert run("restore.sh", tmp_path, "name", tmp_path / "target", moment).returncode == 64
    assert not (tmp_path / "target").exists()


def test_nothing_is_restored_over_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "PG_VERSION").write_text("18")
    refused = run("restore.sh", tmp_path, "name", tmp_path / "target", "2026-11-28 02:15:00+04")
    assert (refused.returncode, "is not empty" in refused.stderr) == (1, True)


def a_backup(root: Path, days: int, first: int) -> str:
    name = f"{datetime.now(UTC) - timedelta(days=days):%Y%m%dT%H%M%SZ}"
    data = root / "base" / name / "data"
    data.mkdir(parents=True)
    segment = f"0000000100000000{first:08X}"
    (data / "backup_label").write_text(f"START WAL LOCATION: 0/{first:X}000028 (file {segment})\n")
    return name


def test_any_moment_of_the_days_that_are_kept_can_be_restored(tmp_path: Path) -> None:
    """The newest backup before them stays too: without it their first hours could not be reached."""
    names = [
        a_backup(tmp_path, days, first) for days, first in ((50, 10), (40, 20), (36, 30), (20, 40), (1, 50))
    ]
    (tmp_path / "wal").mkdir()
    for number in range(5, 60):
        (tmp_path / "wal" / f"0000000100000000{number:08X}.gz").touch()
    (tmp_path / "wal" / "00000002.history.gz").touch()
    done = run("prune_backups.sh", tmp_path, "35")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "base").iterdir()) == sorted(names[2:])
    left = sorted(path.name for path in (tmp_path / "wal").glob("00000001*"))
    assert (left[0], len(left)) == (f"0000000100000000{30:08X}.gz", 30)
    assert (tmp_path / "wal" / "00000002.history.gz").exists()


def test_the_only_backup_is_never_removed(tmp_path: Path) -> None:
    a_backup(tmp_path, 400, 10)
    (tmp_path / "wal").mkdir()
    (tmp_path / "wal" / f"0000000100000000{10:08X}.gz").touch()
    assert run("prune_backups.sh", tmp_path, "35").returncode == 0
    assert len(list((tmp_path / "base").iterdir())) == 1
    assert len(list((tmp_path / "wal").iterdir())) == 1
