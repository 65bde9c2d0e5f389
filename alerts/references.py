"""References of alerts: random, so that they tell neither order nor number."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like another sign


def new() -> str:
    """A fresh reference such as S-7KQ2-M9XD; 30^8 of them make a clash as good as impossible."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"S-{signs[:4]}-{signs[4:]}"
