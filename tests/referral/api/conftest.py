"""A case system of an agency: a client with a member's token that speaks JSON."""

import itertools
import json
from datetime import timedelta
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone


class CaseSystem:
    """Sends JSON with the token; each POST gets a fresh key unless one is given."""

    def __init__(self, client: Any, secret: str) -> None:
        self.client, self.secret, self.keys = client, secret, itertools.count(1)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The response to `/api/v1/items<path>`."""
        return self.client.generic(
            method,
            f"/api/v1/items{path}",
            "" if body is None else json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}", **headers},
        )

    def get(self, path: str = "") -> Any:
        """Read."""
        return self.send("GET", path)

    def post(self, path: str, body: Any = None, key: str = "") -> Any:
        """Answer, with a key."""
        return self.send("POST", path, body, **{"Idempotency-Key": key or f"key-{next(self.keys)}"})


def with_factor(user: Any) -> Any:
    """The account, with a second factor that it set up an hour ago."""
    factor = TOTP.activate(user, generate_totp_secret()).instance
    type(factor).objects.filter(pk=factor.pk).update(created_at=timezone.now() - timedelta(hours=1))
    return user
