"""The baseline of a web request: a bare Django that inserts one row and commits, with nothing around it."""

import os
import sys
from typing import ClassVar

import django
from django.conf import settings

from wpis.development.embedded.servers.databases import renamed

if not settings.configured:
    from urllib.parse import parse_qsl, urlsplit

    _parts = urlsplit(renamed(os.environ["DATABASE_URL"]))
    settings.configure(
        SECRET_KEY="bench",
        ROOT_URLCONF="bench.baseline",
        ALLOWED_HOSTS=["*"],
        MIDDLEWARE=[],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": _parts.path.lstrip("/"),
                "USER": _parts.username or "",
                "HOST": dict(parse_qsl(_parts.query)).get("host", _parts.hostname or ""),
                "CONN_MAX_AGE": None,
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.urls import path


class Row(models.Model):
    """One row with a text."""

    text = models.CharField(max_length=100)

    objects: ClassVar[models.Manager["Row"]] = models.Manager()  # the app is not installed where mypy looks

    class Meta:
        app_label = "bench"
        db_table = "bench_row"


def insert(request: HttpRequest) -> HttpResponse:
    """Insert, commit, answer."""
    row = Row.objects.create(text="x" * 60)
    return HttpResponse(str(row.pk))


urlpatterns = [path("", insert)]
application = get_wsgi_application()

if __name__ == "__main__":
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    sys.exit(0)
