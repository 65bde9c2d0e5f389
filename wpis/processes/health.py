"""Liveness, readiness and metrics of one process; none of them says anything about a file."""

import hmac

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django_prometheus.exports import ExportToDjangoView

from wpis import clock
from wpis.accounts.powers import public
from wpis.processes import open_jobs, signs_of_life, waiting


@public("asked by the supervisor of processes; says only that this one runs")
def live(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return JsonResponse({"status": "live"})


@public("asked by the load balancer; says only whether the database answers")
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 otherwise. The broker is not asked: pages do not need it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "not ready"}, status=503)
    return JsonResponse({"status": "ready"})


@public("asked by the metrics collector, which shows a token; without it this page does not exist")
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus metrics of this process, for the holder of WPIS_METRICS_TOKEN."""
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = settings.WPIS_METRICS_TOKEN
    if not token or not hmac.compare_digest(shown.encode(), token.encode()):  # bytes: text must be ASCII
        raise Http404
    if settings.WPIS_SURFACE == "protection":  # no other role may read every table of jobs
        at = clock.now()
        waiting.measure(at)
        open_jobs.measure(at)
        signs_of_life.measure(at)
    answer: HttpResponse = ExportToDjangoView(request)
    return answer
