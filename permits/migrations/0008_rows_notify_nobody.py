"""A row that is written notifies nobody: whoever may connect to the database could have listened."""

import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('permits', '0007_one_clock'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='feeditem',
            name='ring',
        ),
    ]
