"""Seals the seeds of one-time and recovery codes, which lie in allauth's table, again under the current field key."""

import base64
from collections.abc import Iterator

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from wpis.crypto.keys import field_keys
from wpis.crypto.sealing import Sealed, Tampered

LABEL = "mfa.Authenticator"
_SEALED = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}
"""type -> the name under which allauth keeps what its adapter sealed."""


def stale_factors() -> Iterator[int]:
    """The keys of factors that an older key still holds, or of which nobody can tell."""
    current = field_keys().current
    rows = Authenticator.objects.filter(type__in=_SEALED).order_by("pk")
    for factor in rows.iterator():
        try:
            if _sealed(factor).kid != current:
                yield factor.pk
        except Tampered:
            yield factor.pk


def reseal_factors() -> Iterator[tuple[int, Exception | None]]:
    """Seal each stale factor again; yields its key, and the error of one that could not be opened."""
    adapter = get_adapter()
    for pk in list(stale_factors()):
        try:
            with transaction.atomic():
                factor = Authenticator.objects.select_for_update(of=("self",)).filter(pk=pk).first()
                if factor is None:
                    continue
                name = _SEALED[Authenticator.Type(factor.type)]
                factor.data[name] = adapter.encrypt(adapter.decrypt(factor.data[name]))
                factor.save(update_fields=["data"])
        except Tampered as error:
            yield pk, error
        else:
            yield pk, None


def _sealed(factor: Authenticator) -> Sealed:
    """Raises Tampered where nothing sealed stands."""
    try:
        return Sealed(base64.b64decode(factor.data[_SEALED[Authenticator.Type(factor.type)]], validate=True))
    except (KeyError, TypeError, ValueError):
        raise Tampered("no sealed value stands there") from None
