"""Indexes of lists by those who were shown in them, and of failed sign-ins; built while the service runs."""

import django.contrib.postgres.indexes
import django.db.models.fields.json
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ("audit", "0004_notes"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='auditevent',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.fields.json.KeyTransform('shown', 'detail'), name='jsonb_path_ops'), condition=models.Q(('detail__has_key', 'shown')), name='audit_shown'),
        ),
        AddIndexConcurrently(
            model_name='auditevent',
            index=models.Index(django.db.models.fields.json.KeyTransform('account', 'detail'), condition=models.Q(('detail__has_key', 'account')), name='audit_tried_account'),
        ),
    ]
