"""Token secrets: generated once, shown once, stored as a digest."""

import hashlib
import secrets

PREFIX = "wpt_"
"""So that a secret left in a repository or a log is recognised as one."""


def new_secret() -> str:
    """A secret nobody can guess: 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of it: secrets are random, so a plain SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
