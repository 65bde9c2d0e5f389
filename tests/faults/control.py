"""The control: the same work handed to Celery by `.delay()` after commit, without the outbox. It must lose some."""

import os
import sys
import time

import psycopg2
from celery import Celery

app = Celery("control", broker=os.environ.get("REDIS_URL"))
app.conf.task_ignore_result = True


def connect() -> "psycopg2.extensions.connection":
    """The control's own table, as the owner."""
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True
    return connection


@app.task(name="control.look")
def look(number: int) -> None:
    """Fifty milliseconds of work, then its effect."""
    time.sleep(0.05)
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("UPDATE control SET looked_at = now() WHERE id = %s", [number])


def main(count: int) -> None:
    """Commit a row, then hand it over, as a plain application does."""
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS control (id int PRIMARY KEY, looked_at timestamptz)")
        for number in range(count):
            cursor.execute("INSERT INTO control (id) VALUES (%s)", [number])
            try:
                look.apply_async((number,), retry=False)
            except Exception as error:
                print(f"{number}: {type(error).__name__}", flush=True)
            time.sleep(0.01)


if __name__ == "__main__":
    main(int(sys.argv[1]))
