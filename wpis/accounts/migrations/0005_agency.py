"""Call what a partner works for `agency`, as everywhere else; the column keeps its name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_one_clock"),
    ]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="organisation",
            field=models.SlugField(
                blank=True,
                db_column="organisation",
                help_text="Slug of the agency that a partner works for",
                max_length=60,
                verbose_name="agency",
            ),
        ),
        migrations.RenameField(model_name="user", old_name="organisation", new_name="agency"),
    ]
