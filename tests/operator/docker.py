"""Stands where `docker` does on the operator's path: takes the commands of the manual and does what they would do.

There is no Docker where the tests run. The image is the tree that the Dockerfile makes, a container a process of this
machine with the environment that compose would give it and nothing else. Any other command or option is an error.
"""

import os
import sys
from pathlib import Path

from tests.operator.containers import Container, Machine

IMAGE = "wpis:local"


def main(words: list[str]) -> None:
    """Follow one command in the folder of the release; ends as the command ends."""
    machine = Machine(Path.cwd(), Path(os.environ["WALK_STATE"]))
    match words:
        case ["build", "-t", name, "."] if name == IMAGE:
            built = machine.build()
            _replace(machine, Container("build", ("sh", "-c", built), machine.image_environment()))
        case ["run", "--rm", "-i", name, *command] if name == IMAGE:
            _replace(machine, Container("run", tuple(command), machine.image_environment()))
        case ["compose", "run", "--rm", *rest]:
            _replace(machine, _run(machine, rest))
        case ["compose", "up", "-d"]:
            _run_to_the_end(machine, "migrate")
            machine.told_to_start.touch()
        case _:
            sys.exit(f"docker {' '.join(words)}: the walk does not know this command")


def _run(machine: Machine, words: list[str]) -> Container:
    more: dict[str, str] = {}
    while words[0].startswith("-"):
        option = words.pop(0)
        if option == "-e":
            name, given, value = words.pop(0).partition("=")
            more[name] = value if given else os.environ[name]  # as docker does: from the shell's own
        elif option != "--no-deps":
            sys.exit(f"docker compose run {option}: the walk does not know this option")
    service, *command = words
    return machine.container(service, shell=_shell(), command=command, more=more)


def _run_to_the_end(machine: Machine, service: str) -> None:
    """As a service that others wait for until it has completed."""
    child = os.fork()
    if child == 0:
        _replace(machine, machine.container(service, shell=_shell()))
    _, status = os.waitpid(child, 0)
    if status:
        sys.exit(f"service {service} didn't complete successfully")


def _shell() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if name.startswith(("WPIS_", "COMPOSE_", "REDIS_"))
    }


def _replace(machine: Machine, container: Container) -> None:
    """Become the container's process."""
    os.chdir(machine.tree)
    os.execvpe(container.command[0], container.command, container.environment)


if __name__ == "__main__":
    main(sys.argv[1:])
