"""Access by programs: a token per member of an agency, and the answer kept for each idempotent request."""

import pgtrigger
from django.db import models

from referral.models.kept import never_changed, never_deleted
from wpis.api.models import KeptAnswer, Token
from wpis.database_roles import happens_now


class ApiToken(Token):
    """Lets the program of one member read and answer what was sent to one agency."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    agency = models.SlugField(max_length=60, help_text="the agency its maker worked for: it opens no other")

    class Meta:
        triggers = [
            never_changed("as_issued", "user_id", "agency", "label", "digest", "created_at", "ends_at"),
            pgtrigger.Protect(
                name="revoked_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__revoked_at__isnull=False),
            ),
            never_deleted(),
            happens_now("created_at", "revoked_at"),
        ]


class ApiRequest(KeptAnswer):
    """One request that changed something, and what was answered."""

    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="referral_request_once")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
