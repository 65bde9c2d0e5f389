"""Access by program: a token per delegate and employer, and the record of each idempotent request."""

from django.db import models

from wpis.api.models import KeptAnswer, Token
from wpis.database_roles import happens_now, written_once


class ApiToken(Token):
    """Lets the program of one delegate file for one employer."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey("permits.Employer", on_delete=models.PROTECT, related_name="tokens")

    class Meta:
        triggers = [written_once("revoked_once", "revoked_at"), happens_now("created_at", "revoked_at")]


class ApiRequest(KeptAnswer):
    """One request that changed something, and its response."""

    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="request_once")]
