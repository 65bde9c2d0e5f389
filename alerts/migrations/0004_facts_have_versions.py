"""Facts say which version of their builder made them; every row so far is of version 1."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alerts", "0003_rulesets_are_data")]
    operations = [
        migrations.AddField(
            "facts",
            "builder_version",
            models.PositiveSmallIntegerField(
                default=1, help_text="alerts.facts.builder.VERSION that built it"
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            "facts",
            "submission",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="permits.submission",
            ),
        ),
        migrations.AddConstraint(
            "facts",
            models.UniqueConstraint(fields=("submission", "builder_version"), name="facts_once_a_version"),
        ),
    ]
