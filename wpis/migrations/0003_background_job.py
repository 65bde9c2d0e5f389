"""Renames the model Errand to BackgroundJob; its table keeps the name under which grants and backups know it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wpis", "0002_chronicle")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel("Errand", "BackgroundJob"),
                migrations.AlterModelTable("BackgroundJob", "wpis_errand"),
            ],
        ),
        migrations.RenameIndex("BackgroundJob", new_name="backgroundjob_open", old_name="errand_open"),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE wpis_errand RENAME CONSTRAINT errand_once TO backgroundjob_once",
                    "ALTER TABLE wpis_errand RENAME CONSTRAINT backgroundjob_once TO errand_once",
                )
            ],
            state_operations=[
                migrations.RemoveConstraint("BackgroundJob", "errand_once"),
                migrations.AddConstraint(
                    "BackgroundJob",
                    models.UniqueConstraint(fields=("kind", "key"), name="backgroundjob_once"),
                ),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='backgroundjob',
            name='ring',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='backgroundjob',
            trigger=pgtrigger.compiler.Trigger(name='ring', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM pg_notify('wpis_outbox', TG_TABLE_NAME); RETURN NULL;", hash='a6bcc916e50fc63532216afd51213f1a50414658', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ring_8b987', table='wpis_errand', when='AFTER')),
        ),
    ]
