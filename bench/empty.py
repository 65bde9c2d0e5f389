"""The baseline of a task: Celery with a task that does nothing."""

import os

from celery import Celery

app = Celery("empty", broker=os.environ.get("REDIS_URL"))
app.conf.task_ignore_result = True
app.conf.task_default_queue = "empty"
app.conf.broker_connection_retry_on_startup = True


@app.task(name="empty")
def empty() -> None:
    """Nothing."""
