"""Search texts of names, filled for what is there; telephones may have an extension."""

import django.contrib.postgres.indexes
import wpis.crypto.fields
import wpis.search.field
from django.db import migrations, models


def fill(apps, schema_editor):
    for model in ("Employer", "Worker"):
        wpis.search.field.fill(apps.get_model("permits", model))


class Migration(migrations.Migration):

    dependencies = [
        ("permits", "0018_partly_known_births_and_only_names"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='worker',
            name='worker_names',
        ),
        migrations.AddField(
            model_name='employer',
            name='search_text',
            field=wpis.search.field.SearchTextField(db_default='', default='', editable=False, sources=('name_hy', 'name_en')),
        ),
        migrations.AddField(
            model_name='worker',
            name='search_text',
            field=wpis.search.field.SearchTextField(db_default='', default='', editable=False, sources=('surname', 'given_names', 'surname_hy', 'given_names_hy')),
        ),
        migrations.AlterField(
            model_name='employer',
            name='phone',
            field=models.CharField(max_length=40, verbose_name='company telephone'),
        ),
        migrations.AlterField(
            model_name='recruitment',
            name='recruiter_phone',
            field=models.CharField(blank=True, max_length=40, verbose_name='telephone of the recruiter'),
        ),
        migrations.AlterField(
            model_name='worker',
            name='phone',
            field=wpis.crypto.fields.EncryptedTextField(max_length=40, null=True, verbose_name="the worker's own telephone"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='employer',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('search_text', name='gin_trgm_ops'), name='employer_search_text'),
        ),
        migrations.AddIndex(
            model_name='worker',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('search_text', name='gin_trgm_ops'), name='worker_search_text'),
        ),
    ]
