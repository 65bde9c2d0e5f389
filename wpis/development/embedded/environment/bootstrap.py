"""Create the Python environment from scratch: a pinned uv, then exactly the packages of uv.lock.

Run by the machine's own Python before anything is installed: `python3 -I bootstrap.py dev`
"""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

UV_VERSION = "0.13.9"
OLDEST, TOO_NEW = (3, 11), (3, 14)
GROUPS = {
    "embedded": [
        "--no-default-groups",
        "--group",
        "embedded",
        "--inexact",
    ],  # --inexact: keeps a developer's tools
    "dev": ["--inexact"],
}
ROOT = Path(__file__).resolve().parents[4]
BOOT = ROOT / ".boot"
UV = BOOT / "bin" / "uv"


def main(group: str) -> None:
    """Bring .venv to the state of uv.lock for a dependency group; a second run takes a moment."""
    started = time.monotonic()
    use_a_fitting_python()
    BOOT.mkdir(exist_ok=True)
    with (BOOT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two `make` at once: the second one waits
        if not uv_is_there():
            say(f"Installing uv {UV_VERSION} into .boot")
            install_uv()
        say("Installing the packages of uv.lock into .venv")
        environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": ".venv"}
        environment.pop("VIRTUAL_ENV", None)
        run([UV, "sync", "--frozen", "--python", sys.executable, *GROUPS[group]], environment)
    say(f"Environment ready in {time.monotonic() - started:.1f} s")


def say(text: str) -> None:
    """One line of progress."""
    print(f"==> {text}", flush=True)


def fits(version: "tuple[int, ...]") -> bool:
    """Whether our packages exist for this Python."""
    return OLDEST <= version[:2] < TOO_NEW


def use_a_fitting_python() -> None:
    """Re-execute under python3.11 to 3.13 when `python3` is none of them; exits with a message when there is none."""
    if fits(sys.version_info[:2]):
        return
    for minor in range(OLDEST[1], TOO_NEW[1]):
        found = shutil.which(f"python3.{minor}")
        if found and subprocess.run([found, "-c", ""], capture_output=True).returncode == 0:
            os.execv(found, [found, "-I", *sys.argv])
    have = ".".join(map(str, sys.version_info[:2]))
    sys.exit(f"WPIS needs Python 3.11 to 3.13, this is {have}. Name one: make demo PYTHON=/path/to/python3")


def uv_is_there() -> bool:
    """Whether .boot holds the pinned uv, in working order."""
    try:
        answer = subprocess.run([UV, "--version"], capture_output=True, text=True)
    except OSError:
        return False
    return answer.stdout.split()[1:2] == [UV_VERSION]


def install_uv() -> None:
    """A small environment of its own for uv; exits with a message when Python's venv module is missing."""
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", BOOT / "env"], capture_output=True, text=True
    )
    if made.returncode:
        hint = "python3 -m venv failed (on Debian and Ubuntu: apt install python3-venv)"
        sys.exit(f"{hint}\n{made.stdout}{made.stderr}")
    pip: list[Path | str] = [
        BOOT / "env" / "bin" / "python",
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--quiet",
    ]
    run([*pip, "install", f"uv=={UV_VERSION}"], dict(os.environ))
    UV.parent.mkdir(exist_ok=True)
    UV.unlink(missing_ok=True)
    UV.symlink_to(BOOT / "env" / "bin" / "uv")


def run(command: "Sequence[Path | str]", environment: "dict[str, str]") -> None:
    """Run a command in the project with its output in sight; exits when it fails."""
    result = subprocess.run(command, cwd=ROOT, env=environment)
    if result.returncode:
        sys.exit(f"==> failed: {' '.join(map(str, command))}")


if __name__ == "__main__":
    main(sys.argv[1])
