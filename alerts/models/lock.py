"""Rows that a worker of screening locks for a moment; no other database role holds any right on them."""

from typing import ClassVar

from django.db import connection, models

_NEXT_PLACES = "UPDATE alerts_screeninglock SET position = position + %s WHERE name = %s RETURNING position"


class ScreeningLock(models.Model):
    """One lock, which is a row: an advisory lock could be taken, and kept, by whoever may connect to the database.

    The migration made the rows. A lock is given back when the transaction that took it ends.
    """

    class Name(models.TextChoices):
        """What is done by one worker at a time."""

        ARRIVALS = "arrivals"  # new submissions get their place in the order of filing
        ALERTS = "alerts"  # alerts are raised: two workers would ask a person twice about one application

    name = models.CharField(max_length=10, choices=Name.choices, primary_key=True)
    position = models.BigIntegerField(
        default=0, help_text="of arrivals: the watermark, the last place that was given"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="screening_lock_known", condition=models.Q(name__in=["arrivals", "alerts"])
            )
        ]

    @classmethod
    def take(cls, name: Name) -> "ScreeningLock":
        """Wait for the lock, no longer than `lock_timeout`. Call inside `atomic`."""
        return cls._default_manager.select_for_update().get(pk=name)

    @classmethod
    def next_places(cls, count: int) -> int:
        """The first of so many places in the order of arrival; takes the lock of arrivals. Call inside `atomic`."""
        with connection.cursor() as cursor:
            cursor.execute(_NEXT_PLACES, [count, cls.Name.ARRIVALS])
            last: int = cursor.fetchone()[0]
        return last - count + 1

    @classmethod
    def take_if_free(cls, name: Name) -> "ScreeningLock | None":
        """The lock, or None while another worker has it. Call inside `atomic`."""
        return cls._default_manager.select_for_update(skip_locked=True).filter(pk=name).first()
