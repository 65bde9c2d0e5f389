"""A date of birth may be known in part, and a worker may have one name only; whole dates stay as they were filed."""

from django.db import migrations, models

import wpis.dates.columns

TO_TEXT = """
ALTER TABLE permits_worker ALTER COLUMN birth_date TYPE varchar(10) USING to_char(birth_date, 'YYYY-MM-DD')
"""
TO_DATES = """
ALTER TABLE permits_worker ALTER COLUMN birth_date TYPE date
USING CASE WHEN length(birth_date) = 10 THEN birth_date::date END
"""


class Migration(migrations.Migration):
    dependencies = [("permits", "0017_companies_are_verified")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TO_TEXT, TO_DATES)],
            state_operations=[
                migrations.AlterField(
                    model_name="worker",
                    name="birth_date",
                    field=wpis.dates.columns.PartialDateField(null=True, verbose_name="date of birth"),
                )
            ],
        ),
        migrations.AddConstraint(
            model_name="worker",
            constraint=models.CheckConstraint(
                condition=models.Q(("birth_date__regex", "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")),
                name="birth_date_is_iso",
            ),
        ),
        migrations.AddField(
            model_name="worker",
            name="one_name",
            field=models.BooleanField(null=True, verbose_name="has only one name"),
        ),
    ]
