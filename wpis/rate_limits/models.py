"""The counts of the rate limiter; the table belongs to the app `accounts`, which made it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class RecentRequests(models.Model):
    """When one caller asked for one thing; deleted when its time is over.

    The table is unlogged: counting waits for no disk, and after a crash of the database counting begins anew.
    """

    asker = models.CharField(
        max_length=64, primary_key=True, help_text="keyed digest of limit and caller: no address is kept"
    )
    surface = models.CharField(max_length=12, help_text="whose count it is; no other surface sees the row")
    moments = ArrayField(models.DateTimeField())
    forget_at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "accounts"
