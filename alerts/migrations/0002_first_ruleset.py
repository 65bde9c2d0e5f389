"""R2026.1, the first live ruleset; its numbers are written out, because a migration must not change with the code."""

import uuid
from datetime import datetime, timezone

from django.db import migrations

INDICATORS = {
    "A01": {"version": 1, "thresholds": {"tolerance": 1}},
    "A03": {"version": 1, "thresholds": {"terms": 1}},
    "A04": {"version": 1, "thresholds": {"days": 6}},
    "A05": {"version": 1, "thresholds": {"share": 0.3}},
    "A06": {"version": 1, "thresholds": {"months": 1}},
    "A07": {"version": 1, "thresholds": {"languages": 1}},
    "A09": {"version": 1, "thresholds": {"persons": 4}},
    "A10": {"version": 1, "thresholds": {}},
    "A14": {"version": 1, "thresholds": {}},
    "B02": {"version": 1, "thresholds": {"months": 12, "applications": 5}},
    "B11": {"version": 1, "thresholds": {"controls": 3}},
    "C01": {"version": 1, "thresholds": {"workers": 8, "employers": 3}},
    "C02": {"version": 1, "thresholds": {"workers": 3}},
    "C03": {"version": 1, "thresholds": {"workers": 2}},
}


def add(apps, schema_editor):
    apps.get_model("alerts", "Ruleset").objects.create(
        id=uuid.UUID("0f0a5d7e-52ad-4a43-9f0e-2f6a3f6d2601"),
        name="First ruleset",
        version="R2026.1",
        status="live",
        indicators=INDICATORS,
        starts_at=datetime(2026, 1, 1, tzinfo=timezone.utc),
    )


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
