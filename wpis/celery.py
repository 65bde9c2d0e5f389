"""The Celery application: queues `open`, `files`, `restricted`; messages carry nothing, task names say nothing."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import before_task_publish, celeryd_init, heartbeat_sent, worker_process_init

from wpis import surfaces
from wpis.processes import heartbeat, memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wpis.settings")

app = Celery("wpis")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# The ringer rings within half a second; beat is the reserve for the day the ringer is down.
app.conf.beat_schedule = {
    "open": {"task": "work.open", "schedule": 10.0, "options": {"queue": "open", "expires": 10}},
    "files": {"task": "work.files", "schedule": 10.0, "options": {"queue": "files", "expires": 10}},
    "restricted": {
        "task": "work.restricted",
        "schedule": 10.0,
        "options": {"queue": "restricted", "expires": 10},
    },
    "reminders": {
        "task": "work.reminders",
        "schedule": 10.0,
        "options": {"queue": "restricted", "expires": 10},
    },
    # Twice an hour, so that a worker that was down catches up soon; by the minute, so that a restart skips nothing.
    "accounts-open": {
        "task": "work.accounts",
        "schedule": crontab(minute="7,37"),
        "options": {"queue": "open", "expires": 1200},
    },
    "accounts-restricted": {
        "task": "work.accounts",
        "schedule": crontab(minute="7,37"),
        "options": {"queue": "restricted", "expires": 1200},
    },
    "retention": {
        "task": "work.retention",
        "schedule": crontab(minute="22,52"),
        "options": {"queue": "restricted", "expires": 1200},
    },
}


@celeryd_init.connect
def refuse_open_wall(**_: object) -> None:
    """A worker, like a web process, refuses to start when its database role or keys are not as declared."""
    surfaces.refuse_open_wall(web=False)


@worker_process_init.connect
def freeze_gc(**_: object) -> None:
    """Run in each process of the pool when it has started."""
    memory.freeze_gc()


heartbeat_sent.connect(heartbeat.beat)  # a worker, every two seconds while it has the broker
before_task_publish.connect(heartbeat.beat)  # beat, every ten seconds
