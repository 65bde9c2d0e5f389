"""Parses one untrusted file in a short-lived process with limited resources.

Started by `sandbox.py` as a script, never imported by the site: it knows no Django, no database and no keys.
It limits itself before it reads a byte. Standard input is the file; standard output is one line of JSON and,
after it, the bytes of a picture if one was asked for.
"""

import contextlib
import ctypes
import json
import resource
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

# Packages without their __init__, which would load the site: only this folder's modules are imported below.
for name, folder in (("wpis", Path(__file__).parents[2]), ("wpis.documents", Path(__file__).parents[1])):
    if name not in sys.modules:
        sys.modules[name] = ModuleType(name)
        sys.modules[name].__path__ = [str(folder)]

from wpis.documents.parser import pdf, scans  # noqa: E402  needs the lines above
from wpis.documents.parser.refusing import Refused  # noqa: E402

PDF_STARTS_WITHIN = 80  # what `sniff` lets stand in front of a PDF, and more than it lets a picture hold
MEMORY = 512 * 2**20
CPU_SECONDS = 8
NEW_NETWORK, NEW_USER = 0x40000000, 0x10000000  # unshare(2)
NO_NEW_PRIVILEGES = 38  # prctl(2)


def limit() -> None:
    """Limit memory and time; forbid new files, new processes and, where the kernel allows it, the network."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.unshare(NEW_USER | NEW_NETWORK)  # a container may forbid it; the limits above hold all the same
    with contextlib.suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def main(task: str, *arguments: str) -> tuple[dict[str, Any], bytes]:
    """Do one task on the file at standard input."""
    data = sys.stdin.buffer.read()
    form = pdf if b"%PDF-" in data[:PDF_STARTS_WITHIN] else scans
    if task == "inspect":
        return form.inspect(data), b""
    if task == "reencode":
        return {}, scans.reencode(data)
    page, width = (int(argument) for argument in arguments)
    return {}, form.draw(data, page, width)


if __name__ == "__main__":
    limit()
    try:
        answer, picture = main(*sys.argv[1:])
    except Refused as refusal:
        answer, picture = {"refused": str(refusal)}, b""
    except MemoryError:
        answer, picture = {"refused": "unchecked"}, b""
    except (Exception, RecursionError):  # whatever a parser says of a broken file
        answer, picture = {"refused": "damaged"}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + picture)
