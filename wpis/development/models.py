"""The table of the simulation: which synthetic countries there are, and up to which day each has been played."""

import uuid

from django.db import models


class SimulationRun(models.Model):
    """A synthetic country: what it was made of, and how far it has been played.

    Each day is written with the rows of that day, in one transaction, so an interrupted run continues where it
    stopped. Only the owner of the database holds any right on this
    table; see `wpis.development.simulation.playing.progress`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seed = models.BigIntegerField(unique=True)
    applications = models.PositiveIntegerField()
    until = models.DateField(help_text="last day of the country")
    begun_at = models.DateTimeField(help_text="the real moment; nothing in the country happens after it")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the country: the same when it continues")
    played_until = models.DateField(null=True, help_text="the last day that is complete")
    memory = models.JSONField(
        default=dict, help_text="what the apps need on the next day: ids, numbers, days"
    )
    finished_at = models.DateTimeField(null=True)
