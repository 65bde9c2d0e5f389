"""Which files are accepted: a corpus of ordinary and hostile files, each with its expected verdict."""

import importlib.util
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from wpis.documents import sandbox
from wpis.documents.checking import sniff
from wpis.documents.verdicts import FileType, Refusal

_spec = importlib.util.spec_from_file_location("upload_corpus", Path(__file__).with_name("corpus.py"))
assert _spec
assert _spec.loader
corpus: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(corpus)


@pytest.mark.parametrize(
    ("name", "data"), list(corpus.accepted()), ids=lambda v: v if isinstance(v, str) else ""
)
def test_ordinary_files_come_in(name: str, data: bytes) -> None:
    seen = sniff.inspect(data, name)
    assert (seen.reason, seen.ok) == (None, True)
    assert seen.pages == (60 if name == "60 pages.pdf" else 1)


@pytest.mark.parametrize(
    ("name", "data", "reason"), list(corpus.refused()), ids=lambda v: ascii(v) if isinstance(v, str) else ""
)
def test_hostile_and_broken_files_do_not(name: str, data: bytes, reason: Refusal) -> None:
    seen = sniff.inspect(data, name)
    assert (seen.reason, seen.ok) == (reason, False)


def test_every_reason_but_the_scanners_and_a_killed_parser_s_is_proved_by_a_file() -> None:
    proved = {reason for _, _, reason in corpus.refused()}
    assert proved == set(Refusal) - {Refusal.MALWARE, Refusal.UNCHECKED}


@pytest.mark.parametrize(
    ("declared", "kind", "clean"),
    [
        ("../../etc/passwd", None, "passwd"),
        ("C:\\Users\\me\\scan.pdf", FileType.PDF, "scan.pdf"),
        ("a\x00b\r\nc.pdf", FileType.PDF, "ab c.pdf"),
        ("passport\u202egpj.exe", None, "passportgpj.exe"),
        ("photo.PNG", FileType.JPEG, "photo.jpg"),
        ("scan v1.2", FileType.PDF, "scan v1.2.pdf"),
        ("", FileType.PDF, "document.pdf"),
        ("...", None, "document"),
        ("Պայմանագիր և հավելված.pdf", FileType.PDF, "Պայմանագիր և հավելված.pdf"),
        ('a<b>:"c|?*.png', FileType.PNG, "a_b___c___.png"),
        ("x" * 300 + ".pdf", FileType.PDF, "x" * 96 + ".pdf"),
    ],
)
def test_names_are_made_safe(declared: str, kind: FileType | None, clean: str) -> None:
    assert sniff.clean_name(declared, kind) == clean


def test_the_largest_file_is_a_setting(settings: Any) -> None:
    settings.WPIS_UPLOAD_MAX_BYTES = 100
    assert sniff.glance(corpus.pdf(), "a.pdf").reason == Refusal.TOO_LARGE


def probe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Run other code in place of the parser, with the same limits: what can a stolen parser do?"""
    source = sandbox.SCRIPT.read_text().replace("    data = sys.stdin.buffer.read()\n", body, 1)
    assert body in source
    script = tmp_path / "wpis" / "documents" / "parser" / sandbox.SCRIPT.name
    shutil.copytree(sandbox.SCRIPT.parent, script.parent)
    script.write_text(source)
    monkeypatch.setattr(sandbox, "SCRIPT", script)


@pytest.mark.parametrize(
    "body",
    [
        "    data = b'x' * (1 << 30)\n",
        "    data = open('/tmp/written-by-a-parser', 'wb').write(b'x' * 100)\n",
        "    ctypes.string_at(0)\n",
        "    sys.exit(3)\n",
    ],
    ids=["memory", "writing", "crash", "exit"],
)
def test_a_parser_that_misbehaves_only_loses_its_file(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    probe(tmp_path, monkeypatch, body)
    killed = request.node.callspec.id in ("memory", "crash")
    expected = Refusal.UNCHECKED if killed else Refusal.DAMAGED
    assert sniff.inspect(corpus.pdf(), "a.pdf").reason == expected


def test_a_parser_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    probe(
        tmp_path, monkeypatch, "    resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\n    while True: pass\n"
    )
    assert sniff.inspect(corpus.pdf(), "a.pdf").reason == Refusal.UNCHECKED


def test_a_machine_too_busy_for_a_verdict_says_nothing_about_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 1)
    probe(tmp_path, monkeypatch, "    __import__('time').sleep(60)\n")
    with pytest.raises(OSError, match="no verdict"):
        sniff.inspect(corpus.pdf(), "a.pdf")


def test_the_parser_does_not_inherit_our_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WPIS_SECRET_KEY", "do not leak")
    probe(tmp_path, monkeypatch, "    return dict(__import__('os').environ), b''\n")
    answer, _ = sandbox.run("inspect", b"")
    assert "do not leak" not in answer.values()


def test_a_parser_that_cannot_start_says_nothing_about_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(OSError, match="nowhere"):
        sniff.inspect(corpus.pdf(), "a.pdf")
