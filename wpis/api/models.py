"""Abstract models of an interface: tokens, stored as digests, and the responses to idempotent requests."""

import uuid

from django.db import models


class Token(models.Model):
    """A secret with which somebody's program signs in; only its digest is kept.

    A concrete table adds `user`, whose program it is, and the scope that the token opens.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token")
    created_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="it works until then, whatever else happens")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class KeptAnswer(models.Model):
    """The answer given to an Idempotency-Key, so that a repeated request has no second effect.

    A concrete table adds `token`, and that a token's key is unique. What is kept lies here unencrypted: answers to
    a POST hold states and references, never what is encrypted elsewhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, help_text="keyed digest of method, path and body")
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        abstract = True
