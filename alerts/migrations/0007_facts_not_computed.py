"""Money of the facts is wide enough for any sum that can be filed, and a fact that could not be computed is named."""

import django.contrib.postgres.fields
from django.db import migrations, models

MONEY = (
    "deductions_total",
    "minimum_gross",
    "monthly_gross",
    "net_monthly",
    "worker_advance",
    "worker_fee",
    "worker_paid",
)

WIDEN = "ALTER TABLE alerts_facts " + ", ".join(f"ALTER COLUMN {name} TYPE bigint" for name in MONEY)
NARROW = "ALTER TABLE alerts_facts " + ", ".join(f"ALTER COLUMN {name} TYPE integer" for name in MONEY)
"""One statement, so that the table is written anew once and not once for each column."""


class Migration(migrations.Migration):
    dependencies = [("alerts", "0006_rights_by_role")]
    operations = [
        migrations.AddField(
            "facts",
            "not_computed",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                default=list,
                db_default=[],
                help_text="names of the facts that could not be computed; they are not known, and not merely not stated",
                size=None,
            ),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(WIDEN, NARROW)],
            state_operations=[
                migrations.AlterField("facts", "deductions_total", models.BigIntegerField(help_text='drams a month; contract, all kinds together', null=True, verbose_name='deductions from the monthly wage')),
                migrations.AlterField("facts", "minimum_gross", models.BigIntegerField(help_text='drams a month; law.minimum_wage on the first day of the contract, in proportion to the weekly hours', null=True, verbose_name='lowest lawful gross wage for these hours')),
                migrations.AlterField("facts", "monthly_gross", models.BigIntegerField(help_text='drams a month; contract', null=True, verbose_name='gross wage a month')),
                migrations.AlterField("facts", "net_monthly", models.BigIntegerField(help_text='drams a month; gross wage less deductions, before tax', null=True, verbose_name='wage left after deductions')),
                migrations.AlterField("facts", "worker_advance", models.BigIntegerField(help_text='drams; declared by the employer', null=True, verbose_name='advance that the worker must pay back')),
                migrations.AlterField("facts", "worker_fee", models.BigIntegerField(help_text='drams; declared by the employer', null=True, verbose_name='fee paid by the worker for the job')),
                migrations.AlterField("facts", "worker_paid", models.BigIntegerField(help_text='drams; sum of the two, unknown when one of them is', null=True, verbose_name='fee and advance together')),
            ],
        ),
        migrations.AddIndex(
            "facts",
            models.Index(
                condition=models.Q(("not_computed", []), _negated=True),
                fields=["submitted_at", "id"],
                name="facts_not_computed",
            ),
        ),
    ]
