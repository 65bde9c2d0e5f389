"""An override is requested by one supervisor and confirmed by a second; those of earlier releases keep their row."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


KEEP = """
INSERT INTO permits_checkoverride (
    id, check_row_id, requested_by_id, requested_at, reason, waits_until, settled_at, confirmed, return_reason, alone
)
SELECT gen_random_uuid(), id, overridden_by_id, overridden_at, override_reason, overridden_at, overridden_at, true, '', true
FROM permits_check WHERE overridden_at IS NOT NULL AND overridden_by_id IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
"""One supervisor alone decided these: they stay valid, and are listed as what they are."""


class Migration(migrations.Migration):

    dependencies = [
        ("permits", "0010_rights_by_role"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckOverride',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('requested_at', models.DateTimeField()),
                ('reason', models.TextField(max_length=1000)),
                ('waits_until', models.DateTimeField(help_text='not confirmed before (a parameter of the law book)')),
                ('settled_at', models.DateTimeField(null=True)),
                ('confirmed', models.BooleanField(help_text='true when confirmed, false when declined or withdrawn', null=True)),
                ('return_reason', models.TextField(blank=True, help_text='why it was declined or withdrawn', max_length=1000)),
                ('alone', models.BooleanField(default=False, help_text='confirmed by nobody: of a release that asked one supervisor only')),
            ],
            options={
                'ordering': ['-requested_at', 'id'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='check',
            trigger=pgtrigger.compiler.Trigger(name='overridden_by_two', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.overridden_at IS DISTINCT FROM NEW.overridden_at OR OLD.overridden_by_id IS DISTINCT FROM NEW.overridden_by_id OR OLD.override_reason IS DISTINCT FROM NEW.override_reason)', func="\n                    IF current_user = 'wpis_office' AND (OLD.overridden_at IS NOT NULL OR NOT EXISTS (\n                        SELECT FROM permits_checkoverride request\n                        WHERE request.check_row_id = NEW.id AND request.confirmed AND NOT request.alone\n                          AND request.settled_at = NEW.overridden_at\n                          AND request.requested_by_id = NEW.overridden_by_id\n                          AND request.reason = NEW.override_reason)) THEN\n                        RAISE EXCEPTION 'a check is overridden by a confirmed request, once';\n                    END IF;\n                    RETURN NEW;\n                ", hash='c2c7d0f761bec68b6e67a566a510e9fb3780c9e7', operation='UPDATE', pgid='pgtrigger_overridden_by_two_62cd2', table='permits_check', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='checkoverride',
            name='check_row',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='permits.check'),
        ),
        migrations.AddField(
            model_name='checkoverride',
            name='requested_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='checkoverride',
            name='settled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='checkoverride',
            index=models.Index(fields=['-requested_at', 'id'], name='override_newest'),
        ),
        migrations.AddConstraint(
            model_name='checkoverride',
            constraint=models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('check_row',), name='one_open_override'),
        ),
        migrations.AddConstraint(
            model_name='checkoverride',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('alone', False), ('confirmed', None), ('settled_at', None), ('settled_by', None)), models.Q(('alone', False), ('confirmed__isnull', False), ('settled_at__isnull', False), ('settled_by__isnull', False)), models.Q(('alone', True), ('confirmed', True), ('settled_at__isnull', False), ('settled_by', None)), _connector='OR'), name='override_settled_whole'),
        ),
        migrations.AddConstraint(
            model_name='checkoverride',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed', True), ('settled_by', models.F('requested_by')), _negated=True), name='override_confirmed_by_a_second'),
        ),
        migrations.AddConstraint(
            model_name='checkoverride',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed', True), ('settled_at__lt', models.F('waits_until')), _negated=True), name='override_waited'),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='checkoverride',
            trigger=pgtrigger.compiler.Trigger(name='starts_open', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."settled_at" IS NOT NULL OR NEW."alone")', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='f111d17c0f2a5652c9441292c46b226682de3a1b', operation='INSERT', pgid='pgtrigger_starts_open_c9303', table='permits_checkoverride', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkoverride',
            trigger=pgtrigger.compiler.Trigger(name='as_requested', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."check_row_id" IS DISTINCT FROM (NEW."check_row_id") OR OLD."requested_by_id" IS DISTINCT FROM (NEW."requested_by_id") OR OLD."requested_at" IS DISTINCT FROM (NEW."requested_at") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."waits_until" IS DISTINCT FROM (NEW."waits_until") OR OLD."alone" IS DISTINCT FROM (NEW."alone"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c94b11fe28c29d55ec7261448fd61b347dbea42e', operation='UPDATE', pgid='pgtrigger_as_requested_5fbee', table='permits_checkoverride', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkoverride',
            trigger=pgtrigger.compiler.Trigger(name='settled_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."settled_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8dd0e51e7e01c16f38abce899c5cfcef00b53a87', operation='UPDATE', pgid='pgtrigger_settled_once_88954', table='permits_checkoverride', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkoverride',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='26d82db14762fac7a1192510049de232c0a7ef09', operation='DELETE', pgid='pgtrigger_never_deleted_416cc', table='permits_checkoverride', when='BEFORE')),
        ),
    ]
