"""Wall: content. What the log says of a request and of an error: which page and which line, never about whom."""

import json
import logging

import pytest
from django.db import IntegrityError, connection

from wpis.processes import logs


def line(event: str, **fields: object) -> dict[str, object]:
    """One line as it is written."""
    said: dict[str, object] = json.loads(logs.render(logging.getLogger(), "info", {"event": event, **fields}))
    return said


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/accounts/password/reset/key/1f0c-difb1y-c2671e76/", "/accounts/password/reset/key/.../"),
        ("/check/P-7K3M9QXD2FHA4", "/check/..."),
        ("/check/?number=P-7K3M9QXD2FHA4", "/check/"),
        ("/files/?q=SHARMA", "/files/"),
    ],
)
def test_an_address_that_is_a_secret_or_a_person_is_not_written(path: str, written: str):
    assert line("request_finished", request=f"GET {path}")["request"] == f"GET {written}"
    assert "7K3M9" not in str(line(f"Internal Server Error: {path.split('?')[0]}"))


@pytest.mark.django_db
def test_an_error_is_written_without_the_row_that_the_database_quotes():
    address = "@".join(["rajesh", "example.in"])
    try:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1/0")
        except Exception as cause:
            raise IntegrityError(f"Key (email)=({address}) already exists.") from cause
    except IntegrityError as error:
        said = line("request_failed", exc_info=(type(error), error, error.__traceback__))
    told = str(said["exception"])
    assert address not in told
    assert "django.db.utils.IntegrityError" in told
    assert "psycopg2.errors.DivisionByZero" in told, "the cause is told too"
    assert "test_logs.py" in told, "and where"
