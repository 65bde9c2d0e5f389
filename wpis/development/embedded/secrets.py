"""Keys for demo and tests: made once, readable by their owner alone, passed on in the environment."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Collection, Mapping
from pathlib import Path

from wpis.crypto.new_keys import permit_key, public_keys, random_key

KEYS = frozenset(
    {
        *("WPIS_FIELD_KEYS", "WPIS_INDEX_KEY", "WPIS_INDEX_KEY_FORMER", "WPIS_DIGEST_KEYS"),
        *("WPIS_PERMIT_KEY", "WPIS_PERMIT_PUBLIC_KEYS"),
    }
)
"""What not every process may have; who needs which is said in `services`."""


DIGESTING = ("portal", "office", "protection", "files", "owner")
"""Surfaces that digest what they record, each under a key of its own."""


def new_secrets(known: Mapping[str, str] | None = None) -> dict[str, str]:
    """Every secret that the settings read: those already `known`, fresh ones for the rest.

    Permit keys are 32-byte Ed25519 seeds; the public half follows from the seed unless it is known.
    """
    fresh = {
        "WPIS_SECRET_KEY": secrets.token_urlsafe(50),
        "WPIS_FIELD_KEYS": json.dumps({"k1": random_key()}),
        "WPIS_INDEX_KEY": random_key(),
        "WPIS_INDEX_KEY_FORMER": "",
        "WPIS_DIGEST_KEYS": json.dumps({f"{surface}-1": random_key() for surface in DIGESTING}),
        "WPIS_PERMIT_KEY": permit_key("p1"),
        "WPIS_METRICS_TOKEN": secrets.token_urlsafe(24),
    }
    complete = fresh | {name: value for name, value in (known or {}).items() if name in KEYS | fresh.keys()}
    complete["WPIS_DIGEST_KEYS"] = _with_a_key_of_each(
        complete["WPIS_DIGEST_KEYS"], fresh["WPIS_DIGEST_KEYS"]
    )
    return {"WPIS_PERMIT_PUBLIC_KEYS": public_keys(complete["WPIS_PERMIT_KEY"])} | complete


def _with_a_key_of_each(known: str, fresh: str) -> str:
    """These `WPIS_DIGEST_KEYS`, and a fresh one of each surface that has joined since they were made."""
    keys: dict[str, str] = json.loads(known)
    have = {kid.partition("-")[0] for kid in keys}
    joined = {kid: key for kid, key in json.loads(fresh).items() if kid.partition("-")[0] not in have}
    return json.dumps({**keys, **joined}) if joined else known


def digest_keys(every: str, surfaces: Collection[str]) -> str:
    """Of all `WPIS_DIGEST_KEYS` those of these surfaces."""
    return json.dumps(
        {kid: key for kid, key in json.loads(every).items() if kid.partition("-")[0] in surfaces}
    )


def new_role_password() -> str:
    """For the surfaces' database roles; it goes into connection URLs, never into an environment by itself."""
    return secrets.token_urlsafe(24)


def kept_secrets(path: Path) -> dict[str, str]:
    """The secrets in the file, completed and written back (mode 0600) when a new one has joined since.

    Beside those of `new_secrets` it holds "role_password".
    """
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    complete = {"role_password": new_role_password()} | known | new_secrets(known)
    if complete != known:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".new")
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(complete, file, indent=1)
        partial.replace(path)
    return complete
