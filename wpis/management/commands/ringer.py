"""Wake the workers whenever a job waits, log an error when the oldest has waited too long, and give signs of life."""

import signal
import time
from time import monotonic
from typing import Any

import structlog
from celery import current_app
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, ProgrammingError, connection, transaction
from kombu.exceptions import OperationalError as BrokerError

from wpis import clock
from wpis.celery import ALIVE_SECONDS
from wpis.database.locks import end_table_locks, is_lock_trouble, lock_timeout
from wpis.outbox import OutboxRow, outboxes
from wpis.processes import heartbeat, signs_of_life, waiting
from wpis.processes.due import DueQuestion
from wpis.surfaces import refuse_open_wall

POLL_SECONDS = 0.025
"""One statement on partial indexes; nothing is notified, because whoever may connect could listen (ADR 29)."""

RING_SECONDS = 0.2
"""How soon the bell is rung again while the same table keeps something that is due."""

PATIENCE_MS = 500
"""How long one table is waited for that another surface has locked."""

LOCK_SECONDS = 1.0
"""How often sessions that lock a whole table are looked for, and ended."""

WATCH_SECONDS = 30.0
"""How often the age of the oldest job is looked at."""

ENOUGH_WAITING = 2
"""Bells already in a queue; one tick does everything that is due, so more of them would only pile up."""

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = __doc__
    told_alive: float | None = None
    locks_looked = 0.0
    may_end_locks = True

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until SIGTERM or Ctrl-C; when the database or broker is down, wait and reconnect."""
        self.running, self.checked = True, False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self.looked: dict[type[OutboxRow], float] = {}
        self.rung: dict[type[OutboxRow], float] = {}
        tables = outboxes()
        while self.running:
            try:
                if not self.checked:
                    refuse_open_wall(web=False, writes=False)
                    self.checked = True
                self._poll(tables)
            except (OperationalError, InterfaceError, BrokerError, OSError) as error:
                self.stderr.write(f"ringer: {type(error).__name__}, trying again")
                connection.close()
                signal.sigtimedwait([signal.SIGTERM, signal.SIGINT], 1) if self.running else None

    def _stop(self, *_: Any) -> None:
        self.running = False

    def _poll(self, tables: list[type[OutboxRow]]) -> None:
        connection.ensure_connection()
        question, apart_until = DueQuestion(tables), 0.0
        while self.running:
            if monotonic() >= self.locks_looked + LOCK_SECONDS:
                self.locks_looked = monotonic()
                self._end_table_locks()
            due = question.ask(clock.now()) if monotonic() >= apart_until else None
            if due is None:
                apart_until = max(apart_until, monotonic() + LOCK_SECONDS)
            for table in tables:
                if due is None or monotonic() >= self.looked.get(table, 0.0) + WATCH_SECONDS:
                    self._look_after(table)
                else:
                    self._ring_anew(table, table in due)
            heartbeat.beat()
            if self.told_alive is None or monotonic() >= self.told_alive + ALIVE_SECONDS:
                self.told_alive = monotonic()
                signs_of_life.show("ringer", at=clock.now())
                ask_whether_alive({table.queue for table in tables})
            time.sleep(POLL_SECONDS)

    def _end_table_locks(self) -> None:
        """Nobody outside keeps people of another surface from signing in for longer than a moment; each is told."""
        if not self.may_end_locks:
            return
        try:
            for who, locked, how in end_table_locks():
                log.error(f"table_lock_ended {locked}: {who} held {how}")
        except ProgrammingError:
            self.may_end_locks = False  # said once; the operator reads how to allow it (docs/operations.md)
            log.error("table_locks_cannot_be_ended")

    def _ring_anew(self, table: type[OutboxRow], is_due: bool) -> None:
        """Ring at once for what has become due; for what still is, only every now and then."""
        if not is_due:
            self.rung.pop(table, None)
        elif monotonic() >= self.rung.get(table, 0.0) + RING_SECONDS:
            self.rung[table] = monotonic()
            ring(table)

    def _look_after(self, table: type[OutboxRow]) -> None:
        """Ring for one table, and tell when its oldest job is too old; one that is locked does not stop the others."""
        try:
            with transaction.atomic(), lock_timeout(PATIENCE_MS):
                at = clock.now()
                is_due = table.waiting(at).exists()
                if monotonic() >= self.looked.get(table, 0.0) + WATCH_SECONDS:
                    self.looked[table] = monotonic()
                    waiting.log_if_late(table, at)
        except OperationalError as error:
            if not is_lock_trouble(error):
                raise
            log.error(f"table_locked {table._meta.db_table}")
            is_due = True  # nobody knows: a worker that finds nothing has lost nothing
        if is_due:
            ring(table)


def ring(table: type[OutboxRow]) -> None:
    """Send one empty tick to the queue of `table`, unless enough of them wait there already."""
    with current_app.connection_for_write() as broker:
        channel: Any = broker.default_channel  # the redis transport's: it has a client
        if channel.client.llen(table.queue) < ENOUGH_WAITING:
            current_app.send_task(table.task, queue=table.queue, expires=30, connection=broker, retry=False)


def ask_whether_alive(queues: set[str]) -> None:
    """Let the workers of each queue say that they work; beat asks too, but may be down."""
    for queue in queues:
        with current_app.connection_for_write() as broker:
            current_app.send_task(
                "work.alive", queue=queue, expires=ALIVE_SECONDS, connection=broker, retry=False
            )
