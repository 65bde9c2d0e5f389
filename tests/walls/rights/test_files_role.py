"""Wall: rights. The role that looks into files of strangers can clear the file it looks into, and nothing else."""

from collections.abc import Callable
from typing import Any

import psycopg2
import psycopg2.errors
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from permits.document_kinds import DocumentKind
from tests.conftest import standing_on
from tests.factories import permits as make
from wpis.documents.queues import READ
from wpis.models import BackgroundJob
from wpis.surfaces import ROLES, breaches, declared

ROLE = ROLES["files"]
TABLES = {
    *("documents_upload", "documents_uploadcontent", "documents_filecheck", "documents_fileturn"),
    *("documents_checkedfile", "audit_auditevent", "wpis_clockoffset"),
    *("wpis_grantedrights", "wpis_signoflife"),
}
REFUSALS = (psycopg2.errors.InsufficientPrivilege, psycopg2.errors.RaiseException)


@pytest.mark.django_db
def test_it_holds_something_on_nine_tables_and_nothing_on_any_other() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
               WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')
                 AND (has_table_privilege(%(role)s, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
                      OR has_column_privilege(%(role)s, c.oid, a.attnum, 'SELECT, INSERT, UPDATE'))""",
            {"role": ROLE},
        )
        assert {name for (name,) in cursor.fetchall()} == TABLES
        cursor.execute(
            """SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
               WHERE n.nspname = 'public' AND p.prosecdef AND has_function_privilege(%s, p.oid, 'EXECUTE')""",
            [ROLE],
        )
        assert cursor.fetchone() == (0,)
    assert len(apps.get_models()) > 50
    assert set(declared()["files"]) == TABLES
    with standing_on("files"):
        assert breaches() == []


@pytest.fixture
def world() -> dict[str, Any]:
    by = make.a_user()
    filed = make.a_submitted_application(by=by)
    draft = make.a_draft(filed.employer, by)
    waits = make.attach(draft, DocumentKind.OTHER, by=by, at=timezone.now(), checked=False).upload
    cleared = filed.documents.latest("added_at").upload
    BackgroundJob.objects.create(kind="letter", key=waits.pk)
    return {"waits": waits.pk, "cleared": cleared.pk, "who": by.pk, "file": filed.pk, "draft": draft.pk}


EVENT = (
    "INSERT INTO audit_auditevent (id, at, action, actor, role, surface, subject_kind, subject, detail, keyed_digest) "
    "VALUES (gen_random_uuid(), {at}, '{action}', {actor}, '', '{surface}', '', NULL, '{{}}', 'x')"
)
OUTCOME = "UPDATE documents_upload SET {sets} WHERE id = %({row})s"
CHECKED = (
    "INSERT INTO documents_checkedfile (id, kind, key, payload, created_at, due_at, attempts, error) "
    "VALUES (gen_random_uuid(), '{kind}', %({row})s, '{payload}', now(), now(), 0, '')"
)
ATTACKS = {
    "reads an account": "SELECT email FROM accounts_user",
    "reads an application": "SELECT 1 FROM permits_application",
    "reads a submission": "SELECT snapshot FROM permits_submission",
    "reads an alert": "SELECT 1 FROM alerts_alert",
    "reads a session": "SELECT 1 FROM accounts_officesession",
    "reads the trail": "SELECT 1 FROM audit_auditevent",
    "reads whose a file is": "SELECT uploaded_by FROM documents_upload",
    "reads what a file is called": "SELECT name FROM documents_upload",
    "reads everything of a file": "SELECT * FROM documents_upload",
    "reads and writes letters": "SELECT 1 FROM wpis_errand",
    "writes a letter": "INSERT INTO wpis_errand (id, kind, key, payload, created_at, due_at, attempts, error) "
    "VALUES (gen_random_uuid(), 'notice', gen_random_uuid(), '{}', now(), now(), 0, '')",
    "adds a file": "INSERT INTO documents_upload (id, owner) VALUES (gen_random_uuid(), gen_random_uuid())",
    "adds bytes": "INSERT INTO documents_uploadcontent (upload_id, content) VALUES (%(waits)s, '')",
    "adds a check": "INSERT INTO documents_filecheck (id, kind, key, party, account) VALUES "
    "(gen_random_uuid(), 'document', %(waits)s, gen_random_uuid(), gen_random_uuid())",
    "moves a file to another application": OUTCOME.format(sets="owner = %(file)s", row="waits"),
    "calls a file another kind": OUTCOME.format(sets="kind = 'passport'", row="waits"),
    "calls a file another name": OUTCOME.format(sets="name = 'x.pdf'", row="waits"),
    "changes what was received": OUTCOME.format(sets="received_sha256 = sha256", row="waits"),
    "clears without a digest": OUTCOME.format(sets="state = 'clean', checked_at = now()", row="waits"),
    "clears a file for yesterday": OUTCOME.format(
        sets="state = 'clean', keyed_digest = 'x', checked_at = now() - interval '1 day'", row="waits"
    ),
    "changes an outcome": OUTCOME.format(
        sets="state = 'refused', reason = 'type', keyed_digest = 'x'", row="cleared"
    ),
    "changes the digest of an outcome": OUTCOME.format(sets="keyed_digest = 'x'", row="cleared"),
    "tells of a file that waits": CHECKED.format(kind="checked", row="waits", payload="{}"),
    "tells of a file with something more": CHECKED.format(kind="checked", row="cleared", payload='{"x": 1}'),
    "adds another job": CHECKED.format(kind="notice", row="cleared", payload="{}"),
    "marks a check done that has no outcome": "UPDATE documents_filecheck SET done_at = now() WHERE key = %(waits)s",
    "gives a check to another company": "UPDATE documents_filecheck SET party = gen_random_uuid()",
    "records what it has not done": EVENT.format(
        at="now()", action="permits.application.approve", actor="NULL", surface="files"
    ),
    "records in somebody's name": EVENT.format(
        at="now()", action="documents.upload.check", actor="%(who)s", surface="files"
    ),
    "records for another surface": EVENT.format(
        at="now()", action="documents.upload.check", actor="NULL", surface="office"
    ),
    "records for yesterday": EVENT.format(
        at="now() - interval '1 day'", action="documents.upload.check", actor="NULL", surface="files"
    ),
    "deletes a file": "DELETE FROM documents_upload",
    "deletes bytes": "DELETE FROM documents_uploadcontent",
    "deletes a check": "DELETE FROM documents_filecheck",
    "empties a table": "TRUNCATE documents_filecheck",
    "locks out the others": "LOCK TABLE documents_upload IN ACCESS EXCLUSIVE MODE",
    "holds a lock of the cluster": "SELECT pg_advisory_lock(1)",
    "notifies": "SELECT pg_notify('x', 'x')",
    "makes a table": "CREATE TABLE mine (id int)",
    "reads a file of the server": "SELECT pg_read_file('/etc/passwd')",
    "runs a program": "COPY (SELECT 1) TO PROGRAM 'true'",
    "writes a large object": "SELECT lo_create(0)",
    "becomes another role": "SET ROLE wpis_office",
    "sees who works": "SELECT count(*) FROM pg_stat_activity",
}


def tried(statement: str, values: dict[str, Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.django_db
@pytest.mark.parametrize("attack", ATTACKS)
def test_what_it_could_try_in_sql_is_refused(
    world: dict[str, Any], attack: str, database_url: Callable[..., str]
) -> None:
    if attack == "becomes another role":  # the owner of the tests may become anybody
        with psycopg2.connect(database_url(ROLE)) as raw, raw.cursor() as cursor, pytest.raises(REFUSALS):
            cursor.execute(ATTACKS[attack])
        return
    with standing_on("files"), pytest.raises(DatabaseError) as refused:
        tried(ATTACKS[attack], world)
    assert isinstance(refused.value.__cause__, REFUSALS), refused.value


@pytest.mark.django_db
def test_it_reads_the_bytes_of_files_that_wait_and_of_no_others(world: dict[str, Any]) -> None:
    with standing_on("files"), connection.cursor() as cursor:
        cursor.execute("SELECT upload_id FROM documents_uploadcontent")
        assert cursor.fetchall() == [(world["waits"],)]
        cursor.execute(
            "UPDATE documents_uploadcontent SET content = NULL WHERE upload_id = %s", [world["cleared"]]
        )
        assert cursor.rowcount == 0
        cursor.execute(f"SELECT {', '.join(READ)} FROM documents_upload")
        assert len(cursor.fetchall()) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("surface", ["portal", "office", "protection"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents_upload SET state = 'clean', keyed_digest = 'x' WHERE id = %(waits)s",
        "UPDATE documents_uploadcontent SET content = '' WHERE upload_id = %(waits)s",
        "UPDATE documents_filecheck SET done_at = now()",
        "UPDATE documents_filecheck SET taken_at = now()",
        "SELECT 1 FROM documents_filecheck FOR UPDATE",
        "INSERT INTO documents_checkedfile (id, kind, key, payload, created_at, due_at, attempts, error) "
        "VALUES (gen_random_uuid(), 'checked', %(cleared)s, '{}', now(), now(), 0, '')",
        "INSERT INTO documents_fileturn (id, taken_at) VALUES (1, now())",
        "SELECT 1 FROM documents_fileturn FOR UPDATE",
    ],
)
def test_no_other_role_does_its_work_or_holds_its_turns(
    world: dict[str, Any], surface: str, statement: str
) -> None:
    with standing_on(surface), pytest.raises(DatabaseError) as refused:
        tried(statement, world)
    assert isinstance(refused.value.__cause__, REFUSALS), refused.value


@pytest.mark.django_db
def test_the_portal_puts_no_file_into_the_queue_for_somebody_else(world: dict[str, Any]) -> None:
    connection.cursor().execute("DELETE FROM documents_filecheck")
    add = (
        "INSERT INTO documents_filecheck (id, kind, key, payload, created_at, due_at, attempts, error, party, account, "
        "unanswered{more}) VALUES (gen_random_uuid(), 'document', %(key)s, '{{}}', now(), now(), 0, '', %(party)s, "
        "%(account)s, 0{value})"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT party FROM documents_upload WHERE id = %s", [world["waits"]])
        (party,) = cursor.fetchone()
    right = {"key": world["waits"], "party": party, "account": world["who"]}
    wrong = [
        (right | {"party": world["who"]}, "", ""),
        (right | {"account": party}, "", ""),
        (right | {"key": world["cleared"]}, "", ""),
        (right, ", taken_at", ", now()"),
    ]
    with standing_on("portal"):
        for values, more, value in wrong:
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(add.format(more=more, value=value), values)
        with connection.cursor() as cursor:
            cursor.execute(add.format(more="", value=""), right)
