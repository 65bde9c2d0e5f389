"""Fills in the passwords and keys of `.env.example`: `python -m wpis.processes.new_environment < .env.example > .env`.

Only what is made here is filled in; what others give, such as the password of the mail server, stays as it stands.
Needs no settings and no server, so that it can run first of all.
"""

import json
import re
import secrets
import sys
from collections.abc import Iterable, Iterator

from wpis.crypto import new_keys

ASSIGNMENT = re.compile(r"^(\w+)=(.*)$")
GIVEN_BY_OTHERS = {"WPIS_EMAIL_PASSWORD", "WPIS_REDIS_SENTINEL_PASSWORD"}


def main() -> None:
    """Read the example from standard input and write the filled one to standard output."""
    sys.stdout.writelines(f"{line}\n" for line in filled(sys.stdin.read().splitlines()))


def filled(example: Iterable[str]) -> Iterator[str]:
    """The lines of the example, with a fresh value wherever one is made here."""
    signing = new_keys.permit_key("p1")
    for line in example:
        found = ASSIGNMENT.match(line)
        value = _fresh(found[1], signing) if found else ""
        # In single quotes a value means the same to docker compose and to a shell.
        yield f"{found[1]}='{value}'" if found and value else line


def _fresh(name: str, signing: str) -> str:
    """A fresh value for a variable; empty for one that is not made here."""
    if name == "WPIS_PERMIT_KEY":
        return signing
    if name == "WPIS_PERMIT_PUBLIC_KEYS":
        return new_keys.public_keys(signing)
    if name == "WPIS_FIELD_KEYS":
        return json.dumps({"k1": new_keys.random_key()})
    if name == "WPIS_INDEX_KEY" or name.endswith("_DIGEST_KEY"):
        return new_keys.random_key()
    if name == "WPIS_SECRET_KEY":
        return secrets.token_hex(32)
    if name == "WPIS_METRICS_TOKEN" or (name.endswith("_PASSWORD") and name not in GIVEN_BY_OTHERS):
        return secrets.token_hex(24)  # letters and digits: it stands inside a URL
    return ""


if __name__ == "__main__":
    main()
