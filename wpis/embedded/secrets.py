"""Keys for demo and tests: made once, readable by their owner alone, handed on in the environment."""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path


def _key(octets: int = 32) -> str:
    return base64.b64encode(secrets.token_bytes(octets)).decode()


def new_secrets() -> dict[str, str]:
    """Fresh values of every secret that the settings read; permit keys are 32-byte Ed25519 seeds."""
    return {
        "WPIS_SECRET_KEY": secrets.token_urlsafe(50),
        "WPIS_FIELD_KEYS": json.dumps({"k1": _key()}),
        "WPIS_INDEX_KEY": _key(),
        "WPIS_PERMIT_KEY": json.dumps({"kid": "p1", "seed": _key()}),
        "WPIS_METRICS_TOKEN": secrets.token_urlsafe(24),
    }


def new_role_password() -> str:
    """For the surfaces' database roles; it goes into connection URLs, never into an environment by itself."""
    return secrets.token_urlsafe(24)


def kept_secrets(path: Path) -> dict[str, str]:
    """The secrets in the file, completed and written back (mode 0600) when a new one has joined since.

    Beside those of `new_secrets` it holds "role_password".
    """
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    complete = new_secrets() | {"role_password": new_role_password()} | known
    if complete != known:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".new")
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(complete, file, indent=1)
        partial.replace(path)
    return complete
