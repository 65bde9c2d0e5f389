"""A row for each background process that says when it last worked."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wpis", "0010_granted_rights")]

    operations = [
        migrations.CreateModel(
            name="SignOfLife",
            fields=[
                ("part", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signoflife',
            trigger=pgtrigger.compiler.Trigger(name='happens_now', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID), 'MEMBER') THEN\nIF (TG_OP = 'INSERT' AND NEW.seen_at IS NOT NULL OR TG_OP = 'UPDATE' AND NEW.seen_at IS DISTINCT FROM OLD.seen_at) AND NEW.seen_at IS NOT NULL THEN IF (SELECT bool_or(abs(extract(epoch FROM NEW.seen_at - clock_timestamp() - moved))\n                                   <= 300)\n                    FROM (SELECT interval '0' UNION ALL SELECT moved_by FROM wpis_clockoffset) AS by (moved)) IS NOT TRUE THEN RAISE EXCEPTION 'seen_at is not the present moment'; END IF; END IF;\nEND IF;\nRETURN NEW;", hash='6727ee1e0d6753fd565c62bedae0f2c3d7040acc', operation='INSERT OR UPDATE', pgid='pgtrigger_happens_now_e1361', table='wpis_signoflife', when='BEFORE')),
        ),
    ]
