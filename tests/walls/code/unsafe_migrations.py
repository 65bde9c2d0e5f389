"""Names what a migration does that stops people who are at work, or the processes of the former release.

Read from the operations, not from the SQL that they become: what matters is whether a table was there before, and
whether the former release can still write it. Operations of which nobody has said so yet are named too.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.postgres import operations as postgres
from django.db import connection, models
from django.db.migrations import operations as django
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.expressions import Value
from pgtrigger import migrations as pgtrigger

HARMLESS = (
    django.CreateModel,
    django.AlterModelOptions,
    django.AlterModelManagers,
    django.AlterModelTableComment,
    django.RemoveConstraint,
    postgres.AddIndexConcurrently,
    postgres.RemoveIndexConcurrently,
    postgres.AddConstraintNotValid,
    postgres.ValidateConstraint,
    pgtrigger.AddTrigger,  # waits for writers of the table, at most `lock_timeout`, and reads no row
    pgtrigger.RemoveTrigger,
)
GONE = (
    django.DeleteModel,
    django.RenameModel,
    django.RemoveField,
    django.RenameField,
    django.AlterModelTable,
)
WHOLE_TABLE = re.compile(
    r"""\b(
        CREATE \s+ (UNIQUE\s+)? INDEX \s+ (?!CONCURRENTLY)
      | DROP \s+ INDEX \s+ (?!CONCURRENTLY)
      | REINDEX \s+ (?!\w+ \s+ CONCURRENTLY)
      | CLUSTER | VACUUM \s+ FULL | TRUNCATE | LOCK \s+ TABLE
      | DROP \s+ (TABLE|COLUMN) | RENAME \s+ (TO|COLUMN)
      | ALTER \s+ COLUMN \s+ "?\w+"? \s+ (SET \s+ DATA \s+)? TYPE
      | SET \s+ NOT \s+ NULL
      | ADD \s+ CONSTRAINT (?! [^;]* (NOT \s+ VALID | USING \s+ INDEX))
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def unsafe(loader: MigrationLoader, app: str, migrations: Iterable[str]) -> Iterator[str]:
    """Sentences about these migrations of one app, which are those of one release in their order."""
    new: set[str] = set()
    for name in migrations:
        migration = loader.disk_migrations[app, name]
        state = loader.project_state((app, name), at_end=False)
        yield from _of(migration, state, new)


def _of(migration: Migration, state: ProjectState, new: set[str]) -> Iterator[str]:
    """`new`: models that this release makes; nobody uses their tables yet."""
    where = f"{migration.app_label}.{migration.name}"
    kinds = {isinstance(operation, django.RunPython) for operation in migration.operations}
    for operation in _flat(migration.operations):
        before = state.clone()
        for sentence in _problems(operation, migration, before, new):
            yield f"{where}: {sentence}"
        if isinstance(operation, django.RunPython) and (kinds != {True} or migration.atomic):
            yield f"{where}: RunPython goes in a migration of its own with atomic = False, and works in batches"
        if isinstance(operation, django.CreateModel):
            new.add(operation.name_lower)
        operation.state_forwards(migration.app_label, state)


def _flat(operations: Iterable[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, django.SeparateDatabaseAndState):
            yield from _flat(operation.database_operations)
        else:
            yield operation


def _problems(
    operation: Operation, migration: Migration, before: ProjectState, new: set[str]
) -> Iterator[str]:
    model = str(getattr(operation, "model_name", getattr(operation, "name", ""))).lower()
    if isinstance(operation, django.RunSQL):
        if found := WHOLE_TABLE.search(str(operation.sql)):
            yield f"SQL locks a table for long or takes something away: {' '.join(found[0].split())}"
    elif isinstance(operation, HARMLESS) or model in new or isinstance(operation, django.RunPython):
        return
    elif isinstance(operation, GONE):
        yield f"{operation.describe()}: the former release still uses it; take it away in the release after"
    elif isinstance(operation, django.AddField):
        yield from _added(operation)
    elif isinstance(operation, django.AlterField):
        yield from _altered(operation, migration.app_label, before)
    elif isinstance(operation, django.AddIndex | django.RemoveIndex):
        yield f"{operation.describe()}: use {type(operation).__name__}Concurrently, with atomic = False"
    elif isinstance(operation, django.AddConstraint):
        if isinstance(operation.constraint, models.CheckConstraint):
            yield f"{operation.describe()}: use AddConstraintNotValid, and ValidateConstraint in the next migration"
        else:
            yield f"{operation.describe()}: make a unique index concurrently, then ADD CONSTRAINT ... USING INDEX"
    else:
        yield f"{operation.describe()}: nobody has said whether this is safe while people work"


def _added(operation: django.AddField) -> Iterator[str]:
    field: Any = operation.field
    what = f"{operation.model_name}.{operation.name}"
    if field.many_to_many:
        return
    if not field.null and not field.has_db_default():
        yield f"{what} is required and has no db_default: the former release cannot add a row"
    if field.has_db_default() and not isinstance(field.db_default, Value | str | int | bool | float):
        yield f"the db_default of {what} is no constant: every row is written anew"
    if field.unique or field.db_index:
        yield f"{what} is indexed at once: add it without, then AddIndexConcurrently"
    if field.remote_field and field.db_constraint:
        yield f"{what} refers to another table: add it with db_constraint=False, then the constraint NOT VALID"


def _altered(operation: django.AlterField, app: str, before: ProjectState) -> Iterator[str]:
    what = f"{operation.model_name}.{operation.name}"
    old: Any = before.apps.get_model(app, operation.model_name)._meta.get_field(operation.name)
    after = before.clone()
    operation.state_forwards(app, after)
    new: Any = after.apps.get_model(app, operation.model_name)._meta.get_field(operation.name)
    editor: Any = connection.schema_editor()
    if not editor._field_should_be_altered(old, new):
        return  # words, choices
    if old.null and not new.null:
        yield f"{what} becomes required: first a check NOT VALID, validated in the next release"
    wider = isinstance(new, models.CharField) and (new.max_length or 0) >= (
        getattr(old, "max_length", 0) or 0
    )
    if old.db_type(connection) != new.db_type(connection) and not (
        isinstance(old, models.CharField) and wider
    ):
        yield f"{what} becomes {new.db_type(connection)}: every row is written anew; add a column beside it"
    if (new.unique or new.db_index) and not (old.unique or old.db_index):
        yield f"{what} gets an index at once: AddIndexConcurrently"
