"""Ring the workers' bell whenever something waits: LISTEN for new rows, look again every half second."""

import select
import signal
from typing import Any

from celery import current_app
from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection
from kombu.exceptions import OperationalError as BrokerError

from wpis import clock
from wpis.outbox import OutboxRow
from wpis.surfaces import refuse_open_wall

POLL_SECONDS = 0.5
ENOUGH_WAITING = 2
"""Bells already in a queue; one tick does everything that is due, so more of them would only pile up."""


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until SIGTERM or Ctrl-C; a dead database or broker is waited for, not died of."""
        self.running, self.checked = True, False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        tables = [m for m in apps.get_models() if issubclass(m, OutboxRow)]
        while self.running:
            try:
                if not self.checked:
                    refuse_open_wall(web=False, writes=False)
                    self.checked = True
                self._listen(tables)
            except (OperationalError, InterfaceError, BrokerError, OSError) as error:
                self.stderr.write(f"ringer: {type(error).__name__}, trying again")
                connection.close()
                signal.sigtimedwait([signal.SIGTERM, signal.SIGINT], 1) if self.running else None

    def _stop(self, *_: Any) -> None:
        self.running = False

    def _listen(self, tables: list[type[OutboxRow]]) -> None:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("LISTEN wpis_outbox")
        raw: Any = connection.connection
        while self.running:
            for table in tables:
                if table.waiting(clock.now()).exists():
                    ring(table)
            select.select([raw], [], [], POLL_SECONDS)
            raw.poll()
            raw.notifies.clear()


def ring(table: type[OutboxRow]) -> None:
    """Send one empty tick to the queue of `table`, unless enough of them wait there already."""
    with current_app.connection_for_write() as broker:
        channel: Any = broker.default_channel  # the redis transport's: it has a client
        if channel.client.llen(table.queue) < ENOUGH_WAITING:
            current_app.send_task(table.task, queue=table.queue, expires=30, connection=broker, retry=False)
