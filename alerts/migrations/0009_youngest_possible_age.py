"""The age of a person whose date of birth is known in part is the youngest that is possible."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alerts", "0008_reasons_encrypted")]
    operations = [
        migrations.AlterField(
            model_name="facts",
            name="age_years",
            field=models.IntegerField(
                help_text="years; date of birth as filed, the youngest age where a part of it is not known: a child is presumed",
                null=True,
                verbose_name="age on the first day of the contract",
            ),
        ),
    ]
