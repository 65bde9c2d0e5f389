"""What each surface's database role can do to each table in each state of a file, found out by trying it in SQL.

Every statement is tried alone, past the service, on rows that the real actions made, and taken back. `together` are
the changes that a step of the procedure makes in one statement.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

import psycopg2.errors
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from permits.actions import applications, review
from permits.document_kinds import DocumentKind
from permits.models import Application, Check, CheckKind, Outcome, PermitSigning, State
from permits.states import CompanyState
from tests.conftest import standing_on
from tests.factories import permits as make
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.database_roles import ROLES

BUILDERS: dict[str, Callable[[], Application]] = {
    State.DRAFT: lambda: _draft(),
    State.SUBMITTED: lambda: make.a_submitted_application(),
    State.IN_REVIEW: lambda: _taken(),
    State.WAITING: lambda: make.a_question(make.a_submitted_application()).application,
    State.APPROVAL_PROPOSED: lambda: _proposed(Outcome.APPROVAL),
    State.REFUSAL_PROPOSED: lambda: _proposed(Outcome.REFUSAL),
    State.APPROVED: lambda: make.a_permit().application,
    State.REFUSED: lambda: make.a_refusal(),
    State.WITHDRAWN: lambda: _withdrawn(),
}
"""State of a file -> a file in that state, with all that belongs to it."""

OF_A_FILE = {
    "permits_application": "id = %s",
    "permits_applicationchange": "subject_id = %s",
    "permits_worker": "application_id = %s",
    "permits_employmentterms": "application_id = %s",
    "permits_housing": "application_id = %s",
    "permits_recruitment": "application_id = %s",
    "permits_applicationdocument": "application_id = %s",
    "permits_submission": "application_id = %s",
    "permits_check": "submission_id IN (SELECT id FROM permits_submission WHERE application_id = %s)",
    "permits_question": "application_id = %s",
    "permits_decision": "application_id = %s",
    "permits_permit": "application_id = %s",
    "permits_permitsigning": "permit_id IN (SELECT id FROM permits_permit WHERE application_id = %s)",
    "permits_draftactivity": "application_id = %s",
    "permits_feeditem": "key IN (SELECT id FROM permits_submission WHERE application_id = %s)",
    "documents_upload": "owner = %s",
    "documents_uploadcontent": "upload_id IN (SELECT id FROM documents_upload WHERE owner = %s)",
    "permits_employer": "id = (SELECT employer_id FROM permits_application WHERE id = %s)",
}
"""Table -> its rows of one file."""

TOGETHER: dict[str, dict[str, str]] = {
    "permits_application": {
        f"{state}, {column}": f"state = '{state}', {column} = {value}"
        for state in (State.SUBMITTED, State.IN_REVIEW, State.APPROVED, State.REFUSED, State.WITHDRAWN)
        for column, value in {
            "reference, submitted_at": "'WP-1', submitted_at = clock_timestamp()",
            "decided_at": "clock_timestamp()",
            "due_on": "due_on + 30",
            "officer_id": "%(officer)s",
            "employer_id": "(SELECT id FROM permits_employer WHERE id <> employer_id LIMIT 1)",
        }.items()
    },
    "documents_upload": {
        f"an outcome: {state}": f"state = '{state}', reason = '{reason}', keyed_digest = 'x', "
        "checked_at = clock_timestamp()"
        for state, reason in (("clean", ""), ("refused", "type"), ("unchecked", "unchecked"))
    },
    "permits_check": {
        **{
            f"an opinion, as {who}": f"completed_at = clock_timestamp(), outcome = 'x', answered_by_id = %({who})s"
            for who in ("supervisor", "officer")
        },
        **{
            f"an override, as {who}": "overridden_at = clock_timestamp(), override_reason = 'x', "
            f"overridden_by_id = %({who})s"
            for who in ("supervisor", "officer")
        },
        "another kind": "kind = 'documents', agency = ''",
    },
    "permits_question": {
        "an answer": "answer = 'x', answered_at = clock_timestamp(), answered_by_id = %(employer)s",
        "an answer, as an officer": "answer = 'x', answered_at = clock_timestamp(), answered_by_id = %(officer)s",
    },
    "permits_permitsigning": {
        "signed again": "kid = 'p1', code = 'x', signed_at = clock_timestamp()",
        "signed with the former key": "kid = 'p0', code = 'x', signed_at = clock_timestamp()",
    },
    "permits_decision": {
        f"{word}, as {who}": f"confirmed = {value}, settled_at = clock_timestamp(), settled_by_id = %({who})s"
        for word, value in {"confirmed": "true", "returned": "false"}.items()
        for who in ("supervisor", "employer")
    },
}
"""Table -> changes that are tried as one statement."""


def _draft() -> Application:
    """One of its files waits for its check, all others of this trial have had theirs."""
    draft = make.a_complete_application()
    make.attach(draft, DocumentKind.OTHER, by=draft.created_by, at=timezone.now(), checked=False)
    return draft


STATES: dict[str, Sequence[str]] = {
    "permits_application": list(BUILDERS),
    "permits_employer": CompanyState.values,
    "documents_upload": ("quarantined", "clean", "refused", "unchecked"),
}
"""Table -> the states that are tried."""


def _taken() -> Application:
    filed = make.a_submitted_application()
    return review.take(filed, by=make.a_user(Role.OFFICER), at=timezone.now())


def _proposed(outcome: Outcome) -> Application:
    filed = make.a_submitted_application()
    make.complete_checks(filed)
    make.propose(filed, outcome, reason="x")
    return Application.objects.get(pk=filed.pk)


def _withdrawn() -> Application:
    filed = make.a_submitted_application()
    by = User.objects.get(pk=filed.created_by_id)
    return applications.withdraw(filed, "", by=by, at=timezone.now())


def people() -> dict[str, UUID]:
    """Accounts whose names are borrowed."""
    return {role.value: make.a_user(role).pk for role in (Role.EMPLOYER, Role.OFFICER, Role.SUPERVISOR)}


def rights_in(state: str, who: dict[str, UUID]) -> Iterator[tuple[str, str, str]]:
    """Table, surface and what that surface's role can do to the rows of a file in this state."""
    file = BUILDERS[state]()
    assert file.state == state
    if state == State.IN_REVIEW:  # something to answer, so that an opinion can be tried
        submission = file.submissions.latest("number")
        Check.objects.create(
            submission=submission, kind=CheckKind.OPINION, agency="police", requested_at=timezone.now()
        )
    if state == State.APPROVED:  # something to sign again
        PermitSigning.objects.create(permit=file.permit, former_kid="p0", ordered_at=timezone.now())
    for table, rows in OF_A_FILE.items():
        columns = _columns(table)
        keys = _keys(table, rows, file.pk, columns)
        for surface in ROLES:
            if keys:
                with standing_on(surface):
                    yield table, surface, _tried(state, surface, table, columns, keys, who)


def _tried(
    state: str, surface: str, table: str, columns: dict[str, str], keys: list[Any], who: dict[str, UUID]
) -> str:
    key = next(iter(columns))
    found = []
    if any(_passes(f"INSERT INTO {table} {_copy(table, columns)}", {"key": one, **who}) for one in keys):
        found.append("INSERT")
    changes = {name: f"{name} = {_other(kind, name)}" for name, kind in columns.items() if name != "state"}
    changes |= {f"state: {target}": f"state = '{target}'" for target in STATES.get(table, ())}
    for name, change in {**changes, **TOGETHER.get(table, {})}.items():
        if table == "permits_application" and name == f"state: {state}":
            continue
        if any(
            _passes(f"UPDATE {table} SET {change} WHERE {key} = %(key)s", {"key": one, **who}) for one in keys
        ):
            found.append(name)
    if any(_passes(f"DELETE FROM {table} WHERE {key} = %(key)s", {"key": one}) for one in keys):
        found.append("DELETE")
    return "; ".join(found)


def _passes(statement: str, values: dict[str, Any]) -> bool:
    """Whether the statement does something. That a copy is not unique says nothing: another row might be."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            done: bool = cursor.rowcount > 0
            raise _TakenBack
    except _TakenBack:
        return done
    except DatabaseError as error:
        return isinstance(error.__cause__, psycopg2.errors.UniqueViolation)


def held() -> Iterator[tuple[str, str, str]]:
    """Of the tables that belong to no file: table, surface and what its role may do, as the catalogue says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [name for (name,) in cursor.fetchall() if name not in OF_A_FILE]
        for table in tables:
            for surface, role in ROLES.items():
                found = [word for word in ("INSERT", "DELETE") if _holds(cursor, role, table, word)]
                assert not _holds(cursor, role, table, "UPDATE"), "UPDATE on a table lets its holder lock it"
                cursor.execute(
                    "SELECT attname, has_column_privilege(%s, attrelid, attnum, 'UPDATE') FROM pg_attribute "
                    "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY 1",
                    [role, table],
                )
                columns = dict(cursor.fetchall())
                if all(columns.values()):
                    found.append("UPDATE (each column)")
                elif any(columns.values()):
                    found.append(f"UPDATE ({', '.join(name for name, may in columns.items() if may)})")
                if found:
                    yield table, surface, ", ".join(found)


def _holds(cursor: Any, role: str, table: str, privilege: str) -> bool:
    cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [role, table, privilege])
    return bool(cursor.fetchone() == (True,))


class _TakenBack(Exception):
    pass


def _columns(table: str) -> dict[str, str]:
    """Its columns with their types, the key first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT a.attname, format_type(a.atttypid, NULL) FROM pg_attribute a
                 LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey)
                WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
                ORDER BY i.indrelid IS NULL, a.attnum""",
            [table],
        )
        return dict(cursor.fetchall())


def _keys(table: str, rows: str, file: UUID, columns: dict[str, str]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {next(iter(columns))} FROM {table} WHERE {rows}", [file])
        return [key for (key,) in cursor.fetchall()]


def _copy(table: str, columns: dict[str, str]) -> str:
    """The same row once more, made now."""
    key = next(iter(columns))
    moments = {name for name, kind in columns.items() if kind == "timestamp with time zone"}
    values = [
        "gen_random_uuid()"
        if name == "id"
        else f"CASE WHEN {name} IS NULL THEN NULL ELSE clock_timestamp() END"
        if name in moments
        else name
        for name in columns
    ]
    return f"({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} WHERE {key} = %(key)s"


def _other(kind: str, name: str) -> str:
    """Another value for this column."""
    if name == "birth_date":  # text that is a date of ISO 8601, or a part of one
        return "CASE WHEN birth_date = '1991' THEN '1992' ELSE '1991' END"
    match kind:
        case "timestamp with time zone":
            return "clock_timestamp()"
        case "date":
            return f"COALESCE({name}, current_date) + 1"
        case "boolean":
            return f"NOT COALESCE({name}, false)"
        case "uuid":
            return "gen_random_uuid()"
        case "bytea":
            return r"'\x00'"
        case "jsonb":
            return """'{"x": 1}'"""
        case "smallint" | "integer" | "bigint" | "numeric":
            return f"COALESCE({name}, 0) + 1"
        case array if array.endswith("[]"):
            return "'{x}'"
    return f"left('x' || {name}, 3)"
