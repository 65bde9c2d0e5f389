"""Drops the table of the simulation: only development has one now, in the app `wpis.development`.

A seeding of the first release that was interrupted does not continue after this: what it had kept was a pickle of
classes that no longer exist. The applications that it had filed stay.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("wpis", "0004_clock_offset")]

    operations = [migrations.DeleteModel("Chronicle")]
