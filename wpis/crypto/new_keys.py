"""Makes the keys of a new installation: random ones, and the pair that signs and verifies permits."""

import base64
import json
import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wpis.crypto.keys import KEY_BYTES


def random_key() -> str:
    """Base64 of a fresh key: for fields, indexes, digests, or the seed that signs permits."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def permit_key(kid: str) -> str:
    """A fresh `WPIS_PERMIT_KEY` of this name."""
    return json.dumps({"kid": kid, "seed": random_key()})


def public_keys(permit_key: str) -> str:
    """What everybody may know of a signing key: `WPIS_PERMIT_PUBLIC_KEYS` for this `WPIS_PERMIT_KEY`."""
    key = json.loads(permit_key)
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(key["seed"]))
    return json.dumps({key["kid"]: base64.b64encode(private.public_key().public_bytes_raw()).decode()})
