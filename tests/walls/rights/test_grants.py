"""Wall: database. The portal's and the office's roles cannot touch a restricted table, and nobody deletes records."""

from collections.abc import Callable

import psycopg2
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from tests.conftest import standing_on
from wpis.surfaces import IGNORING, ROLES, breaches

OPEN = ["portal", "office"]
PRIVILEGES = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]


def restricted_tables() -> list[str]:
    return [
        model._meta.db_table
        for label in ("alerts", "referral")
        for model in apps.get_app_config(label).get_models()
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("surface", OPEN)
def test_an_open_role_holds_nothing_on_any_restricted_table(surface: str) -> None:
    tables = restricted_tables()
    assert len(tables) > 8, "the list would prove nothing if it were empty"
    with connection.cursor() as cursor:
        for table in tables:
            for privilege in PRIVILEGES:
                cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [ROLES[surface], table, privilege])
                assert cursor.fetchone() == (False,), f"{surface} holds {privilege} on {table}"
        cursor.execute(
            """SELECT table_name, column_name FROM information_schema.column_privileges
               WHERE grantee = %s AND (table_name LIKE 'alerts%%' OR table_name LIKE 'referral%%')""",
            [ROLES[surface]],
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
@pytest.mark.parametrize("surface", ["portal", "office", "protection"])
def test_no_role_deletes_or_empties_a_record(surface: str) -> None:
    with connection.cursor() as cursor:
        for model in apps.get_models():
            # Of a proxy the table belongs to another app: rows of django-guardian say who may do what, no record.
            own = ("permits", "alerts", "referral", "audit", "documents", "wpis")
            if model._meta.app_label in own and not model._meta.proxy:
                for privilege in ("DELETE", "TRUNCATE"):
                    cursor.execute(
                        "SELECT has_table_privilege(%s, %s, %s)",
                        [ROLES[surface], model._meta.db_table, privilege],
                    )
                    assert cursor.fetchone() == (False,), (
                        f"{surface} holds {privilege} on {model._meta.db_table}"
                    )


@pytest.mark.django_db
@pytest.mark.parametrize("surface", OPEN)
def test_connected_as_an_open_role_a_restricted_table_cannot_be_read(
    surface: str, database_url: Callable[..., str]
) -> None:
    with (
        psycopg2.connect(database_url(ROLES[surface])) as raw,
        raw.cursor() as cursor,
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
    ):
        cursor.execute("SELECT count(*) FROM alerts_alert")


@pytest.mark.django_db
@pytest.mark.parametrize("surface", ["portal", "office", "protection"])
def test_a_process_starts_only_while_the_wall_stands(surface: str) -> None:
    with standing_on(surface):
        assert breaches() == []


@pytest.mark.django_db
def test_one_grant_too_many_keeps_the_process_from_starting() -> None:
    with connection.cursor() as cursor:
        cursor.execute("GRANT SELECT (id) ON alerts_alert TO wpis_office")
    with standing_on("office"):
        assert any("alerts_alert" in breach for breach in breaches())


@pytest.mark.django_db
def test_the_owner_cannot_serve_pages_by_mistake() -> None:
    from django.test import override_settings

    with override_settings(WPIS_SURFACE="portal"):
        assert any("not as wpis_portal" in breach for breach in breaches())


@pytest.mark.django_db
@pytest.mark.parametrize("surface", OPEN)
def test_an_open_role_sees_no_account_of_the_third_surface(surface: str) -> None:
    from wpis.accounts.models import User

    User.objects.create_user("analyst@example.am", "x", role="analyst")
    User.objects.create_user("boss@example.am", "x", role="employer")
    with standing_on(surface):
        assert [user.email for user in User.objects.all()] == ["boss@example.am"]


@pytest.mark.django_db
def test_a_superuser_who_grants_does_not_take_the_owner_s_place() -> None:
    """Only the owner of the tables is spared from triggers: a migration that moves data relies on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (owner,) = cursor.fetchone()
        cursor.execute("CREATE ROLE administrator_of_the_cluster SUPERUSER")
        cursor.execute("SET ROLE administrator_of_the_cluster")
        call_command("grant_surfaces", verbosity=0)
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [IGNORING])
        (source,) = cursor.fetchone()
    assert f"'{owner}', 'MEMBER'" in source
