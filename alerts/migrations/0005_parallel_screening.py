"""Screening by several workers: locks that are rows, and the place of each submission in the order of arrival.

What was stored before counts in the order of filing, as it did when it was screened: one moment, one place.
"""

from typing import Any

from django.db import migrations, models

NAMES = [("arrivals", "Arrivals"), ("alerts", "Alerts")]

PLACES = """
ALTER TABLE alerts_identifier DISABLE TRIGGER USER;
UPDATE alerts_identifier SET position = places.position
FROM (
    SELECT seen_at, row_number() OVER (ORDER BY seen_at) AS position
    FROM (SELECT DISTINCT seen_at FROM alerts_identifier) moments
) places
WHERE places.seen_at = alerts_identifier.seen_at;
ALTER TABLE alerts_identifier ENABLE TRIGGER USER;
INSERT INTO alerts_screeninglock (name, position)
VALUES ('arrivals', (SELECT coalesce(max(position), 0) FROM alerts_identifier)), ('alerts', 0);
"""


class Migration(migrations.Migration):
    dependencies = [("alerts", "0004_facts_have_versions")]
    operations: list[Any] = [
        migrations.CreateModel(
            name="ScreeningLock",
            fields=[
                ("name", models.CharField(choices=NAMES, max_length=10, primary_key=True, serialize=False)),
                (
                    "position",
                    models.BigIntegerField(
                        default=0, help_text="of arrivals: the watermark, the last place that was given"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name__in", ["arrivals", "alerts"])), name="screening_lock_known"
                    )
                ],
            },
        ),
        migrations.AddField("identifier", "position", models.BigIntegerField(null=True)),
        migrations.RunSQL(PLACES, migrations.RunSQL.noop),
        migrations.AlterField(
            "identifier",
            "position",
            models.BigIntegerField(
                help_text="place of the submission in the order of arrival; one moment of filing is one place"
            ),
        ),
        migrations.AddIndex(
            "identifier",
            models.Index(
                fields=["kind", "digest", "-position"],
                include=["worker", "employer", "application", "seen_at"],
                name="identifier_arrived",
            ),
        ),
    ]
