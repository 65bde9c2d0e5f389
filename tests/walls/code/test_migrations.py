"""Wall: upgrades. A migration stops nobody's work, and the former release still runs on what it leaves."""

from typing import Any

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models.functions import Now

from tests.walls.code import unsafe_migrations
from wpis.installed_apps import own_apps

RELEASED = {
    "accounts": "0011",
    "alerts": "0009",
    "audit": "0006",
    "development": "0001",
    "documents": "0003",
    "permits": "0019",
    "referral": "0011",
    "wpis": "0014",
}
"""The last migration of each app in 0.2.0, to which an upgrade needs a stop. What comes after is held to the rules;
when a release is cut, its last migrations are put here."""

TAKEN_AWAY: dict[str, str] = {}
"""Sentence -> why the former release does without it. Such an exception goes when the release is cut."""


def test_no_migration_since_the_last_release_stops_work_or_the_former_release() -> None:
    loader = MigrationLoader(None)
    found = [
        sentence
        for config in own_apps()
        for sentence in unsafe_migrations.unsafe(
            loader,
            config.label,
            sorted(
                name
                for app, name in loader.disk_migrations
                if app == config.label and name[:4] > RELEASED[config.label]
            ),
        )
    ]
    assert [sentence for sentence in found if sentence not in TAKEN_AWAY] == []
    assert TAKEN_AWAY.keys() - set(found) == set(), "remove the exception"


def test_the_rules_would_name_something_in_what_was_made_before_them() -> None:
    loader = MigrationLoader(None)
    every = sorted(name for app, name in loader.disk_migrations if app == "permits" and name[:4] > "0001")
    assert len(list(unsafe_migrations.unsafe(loader, "permits", every))) > 3


def state() -> ProjectState:
    """A table of the former release."""
    made = ProjectState()
    migrations.CreateModel(
        "file",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("name", models.CharField(max_length=10)),
            ("note", models.TextField(null=True)),
        ],
    ).state_forwards("shop", made)
    return made


def said(*operations: Any, atomic: bool = True) -> list[str]:
    made = type("Migration", (migrations.Migration,), {"operations": list(operations), "atomic": atomic})
    return list(unsafe_migrations._of(made("0002_next", "shop"), state(), set()))


INDEX = models.Index(fields=["name"], name="file_name")
SHORT = models.CheckConstraint(condition=~models.Q(name=""), name="file_named")
ONCE = models.UniqueConstraint(fields=["name"], name="file_once")


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (migrations.AddIndex("file", INDEX), "AddIndexConcurrently"),
        (migrations.AddConstraint("file", SHORT), "NotValid"),
        (migrations.AddConstraint("file", ONCE), "USING INDEX"),
        (migrations.RemoveField("file", "note"), "the release after"),
        (migrations.RenameField("file", "note", "remark"), "the release after"),
        (migrations.DeleteModel("file"), "the release after"),
        (migrations.AlterUniqueTogether("file", {("name", "note")}), "nobody has said"),
        (migrations.AddField("file", "size", models.IntegerField(default=0)), "cannot add a row"),
        (migrations.AddField("file", "at", models.DateTimeField(db_default=Now())), "written anew"),
        (
            migrations.AddField("file", "size", models.IntegerField(null=True, db_index=True)),
            "indexed at once",
        ),
        (
            migrations.AddField("file", "of", models.ForeignKey("shop.file", models.CASCADE, null=True)),
            "refers to another table",
        ),
        (migrations.AlterField("file", "note", models.TextField()), "becomes required"),
        (migrations.AlterField("file", "name", models.CharField(max_length=5)), "written anew"),
        (migrations.AlterField("file", "note", models.JSONField(null=True)), "written anew"),
        (migrations.RunSQL("CREATE INDEX a ON shop_file (name)"), "CREATE INDEX"),
        (migrations.RunSQL("ALTER TABLE shop_file ADD CONSTRAINT a CHECK (name <> '')"), "ADD CONSTRAINT"),
        (migrations.RunSQL("ALTER TABLE shop_file ALTER COLUMN name TYPE text"), "TYPE"),
        (migrations.RunPython(migrations.RunPython.noop), "in batches"),
        (
            migrations.SeparateDatabaseAndState(database_operations=[migrations.AddIndex("file", INDEX)]),
            "AddIndexConcurrently",
        ),
    ],
)
def test_what_is_not_safe_is_named(operation: Any, words: str) -> None:
    assert any(words in sentence for sentence in said(operation))


@pytest.mark.parametrize(
    "operation",
    [
        AddIndexConcurrently("file", INDEX),
        migrations.AddField("file", "size", models.IntegerField(null=True)),
        migrations.AddField("file", "size", models.IntegerField(db_default=0)),
        migrations.AlterField("file", "name", models.CharField("the name", max_length=10)),
        migrations.AlterField("file", "name", models.CharField(max_length=20)),
        migrations.RunPython(migrations.RunPython.noop),
        migrations.RunSQL("CREATE INDEX CONCURRENTLY a ON shop_file (name)"),
        migrations.RunSQL("ALTER TABLE shop_file ADD CONSTRAINT a CHECK (name <> '') NOT VALID"),
        migrations.RunSQL("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'"),
    ],
)
def test_what_is_safe_is_not_named(operation: Any) -> None:
    assert said(operation, atomic=False) == []


def test_a_table_that_is_made_now_may_get_anything() -> None:
    made = migrations.CreateModel("page", [("id", models.BigAutoField(primary_key=True))])
    index = models.Index(fields=["id"], name="page_id")
    added = migrations.AddField("page", "size", models.IntegerField(default=0))
    assert said(made, migrations.AddIndex("page", index), added) == []
