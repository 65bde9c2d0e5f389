from django.db import migrations, models


class Migration(migrations.Migration):
    """A kept request always has its answer: both are written in one transaction."""

    dependencies = [("permits", "0004_taken_over_index")]

    operations = [
        migrations.AlterField("apirequest", "answer", models.JSONField()),
        migrations.AlterField("apirequest", "status", models.PositiveSmallIntegerField()),
        migrations.AlterField(
            "apirequest",
            "digest",
            models.CharField(help_text="keyed digest of method, path and body", max_length=64),
        ),
    ]
