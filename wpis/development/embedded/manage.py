"""A management command with servers under it: the demo's, or throw-away ones (`--throwaway`).

While the demo runs its servers are used; otherwise they are started for as long as the command takes.
"""

from __future__ import annotations

import os
import sys

from wpis.development.embedded import local
from wpis.development.embedded.demo.stack import demo_stack
from wpis.development.embedded.errors import CannotStart
from wpis.development.embedded.stack import Stack


def main(arguments: list[str]) -> None:
    """`python -m wpis.development.embedded.manage [--throwaway] command ...`; says so when servers do not start."""
    throwaway = arguments[:1] == ["--throwaway"]
    command = arguments[1:] if throwaway else arguments
    try:
        if throwaway:
            _with_servers(Stack(webs=(), workers=(), ringer=False), command, migrated=False)
        elif local.is_running():
            _run(local.note(), command)
        else:
            with local.only_one():
                _with_servers(demo_stack(webs=(), workers=(), ringer=False), command, migrated=True)
    except CannotStart as problem:
        sys.exit(str(problem))


def _with_servers(stack: Stack, command: list[str], *, migrated: bool) -> None:
    with stack.servers():
        if migrated:
            stack.prepare()
        _run(stack.variables(), command)


def _run(variables: dict[str, str], command: list[str]) -> None:
    from django.core.management import execute_from_command_line

    os.environ.update(variables)
    execute_from_command_line(["manage.py", *command])


if __name__ == "__main__":
    main(sys.argv[1:])
