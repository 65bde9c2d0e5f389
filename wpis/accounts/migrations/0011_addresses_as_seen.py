"""Addresses of accounts without signs that nobody sees: with one of them only the same invisible sign signed in."""

from django.db import migrations

from wpis.languages.signs import clean_address

PLAIN = r"^[\x21-\x7e]*$"


def clean(apps, schema_editor):
    """Each address as its owner sees it, unless another account has that one."""
    User, EmailAddress = apps.get_model("accounts", "User"), apps.get_model("account", "EmailAddress")

    def taken(address, owner):
        others = (
            User.objects.filter(email=address).exclude(pk=owner),
            EmailAddress.objects.filter(email=address),
        )
        return any(rows.exists() for rows in others)

    for row in EmailAddress.objects.exclude(email__regex=PLAIN):
        seen = clean_address(row.email).lower()
        if seen and seen != row.email and not taken(seen, row.user_id):
            EmailAddress.objects.filter(pk=row.pk).update(email=seen)
    for user in User.objects.exclude(email__regex=PLAIN):
        seen = clean_address(user.email).lower()
        used = EmailAddress.objects.filter(email=seen).exclude(user=user.pk).exists()
        if seen and seen != user.email and not used and not User.objects.filter(email=seen).exists():
            User.objects.filter(pk=user.pk).update(email=seen)


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("accounts", "0010_credentials_told"),
    ]

    operations = [migrations.RunPython(clean, migrations.RunPython.noop)]
