"""The Celery application: queues `open`, `files`, `restricted`; messages carry nothing, task names say nothing."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, before_task_publish, celeryd_init, heartbeat_sent, worker_process_init

from wpis import surfaces
from wpis.processes import heartbeat, memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wpis.settings")

app = Celery("wpis")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

ALIVE_SECONDS = 30.0
"""How often each background process is made to say that it works."""

# The ringer rings within half a second; beat is the reserve for the day the ringer is down.
_SCHEDULE: dict[str, dict[str, Any]] = {
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
    "tokens-open": {
        "task": "work.tokens",
        "schedule": crontab(minute="12,42"),
        "options": {"queue": "open", "expires": 1200},
    },
    "tokens-restricted": {
        "task": "work.reminders_tokens",
        "schedule": crontab(minute="12,42"),
        "options": {"queue": "restricted", "expires": 1200},
    },
    "drafts": {
        "task": "work.drafts",
        "schedule": crontab(minute="12,42"),
        "options": {"queue": "open", "expires": 1200},
    },
    "retention": {
        "task": "work.retention",
        "schedule": crontab(minute="22,52"),
        "options": {"queue": "restricted", "expires": 1200},
    },
    "beat": {
        "task": "work.beat",
        "schedule": ALIVE_SECONDS,
        "options": {"queue": "restricted", "expires": ALIVE_SECONDS},
    },
}
# Set whole: reading the configuration here would load the settings before they are asked for.
app.conf.beat_schedule = _SCHEDULE | {
    f"alive-{queue}": {
        "task": "work.alive",
        "schedule": ALIVE_SECONDS,
        "options": {"queue": queue, "expires": ALIVE_SECONDS},
    }
    for queue in {entry["options"]["queue"] for entry in _SCHEDULE.values()}
}


@celeryd_init.connect
def refuse_open_wall(**_: object) -> None:
    """A worker, like a web process, refuses to start when its database role or keys are not as declared."""
    surfaces.refuse_open_wall(web=False)


@beat_init.connect
def refuse_open_wall_of_beat(**_: object) -> None:
    """Beat asks nothing of the database, but holds the address of a role: the wrong one must not go unnoticed."""
    surfaces.refuse_open_wall(web=False, writes=False)


@worker_process_init.connect
def freeze_gc(**_: object) -> None:
    """Run in each process of the pool when it has started."""
    memory.freeze_gc()


heartbeat_sent.connect(heartbeat.beat)  # a worker, every two seconds while it has the broker
before_task_publish.connect(heartbeat.beat)  # beat, every ten seconds
