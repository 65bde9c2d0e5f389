"""Verifies the whole audit trail and every history by their digests, and finds records that changed without a trace."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from wpis.audit.digests import Genuine, genuine
from wpis.audit.models import AuditEvent, DigestStart
from wpis.installed_apps import own_modules

BATCH = 5000
NAMED = 20
"""How many rows of a kind are named; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What must stand in the audit trail about every row of `model` of which `about` is true."""

    model: type[Model]
    about: Q
    action: str
    actor: str | None = None
    """The column that names who did it, where there is one."""
    moment: str | None = None
    """The column that says when, for what leaves an event only since `DigestStart` knows this table."""


@dataclass(slots=True)
class Report:
    """What was found in one table."""

    table: str
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, problem: str) -> None:
        """One more problem; only the first ones are kept in words."""
        self.counts["problems"] += 1
        if len(self.wrong) < NAMED:
            self.wrong.append(problem)


def reports() -> Iterator[Report]:
    """A report for each table whose rows bear digests, and one for each table whose rows must have left a trace."""
    digested = [model for model in apps.get_models() if hasattr(model, "digested")]
    for model in sorted(digested, key=lambda model: model._meta.db_table):
        yield _digests(model)
    for model in digested:
        if any(one.name == "subject" and one.is_relation for one in model._meta.get_fields()):
            yield _states(model)
    for module in own_modules("traces"):
        for trace in module.TRACES:
            yield _traces(trace)


def _digests(model: type[Model]) -> Report:
    report = Report(model._meta.db_table)
    start = DigestStart.objects.filter(pk=report.table).first()
    rows = model._base_manager.exclude(getattr(model, "without_digest", Q(pk__in=[])))
    for row in rows.order_by("pk").iterator(chunk_size=BATCH):
        said = genuine(row, began=start.at if start else None, surface=getattr(row, "surface", None))
        report.counts[said.value] += 1
        if said == Genuine.NO:
            report.add(f"{row.pk} is not genuine")
    if report.counts[Genuine.BEFORE.value] > (start.rows if start else 0):
        report.add(f"more rows without a digest than the {start.rows if start else 0} older ones")
    return report


def _states(history: type[Model]) -> Report:
    """Records in a state to which no step of their history leads."""
    subject: Any = history._meta.get_field("subject").related_model
    report = Report(subject._meta.db_table)
    steps = history._base_manager.filter(subject=OuterRef("pk"), target=OuterRef("state"))
    rows: QuerySet[Any] = subject._base_manager.exclude(state=subject._meta.get_field("state").default)
    for key, state in rows.filter(~Exists(steps)).values_list("pk", "state").iterator():
        report.add(f"{key} is {state}, and no step of its history leads there")
    return report


def _traces(trace: Trace) -> Report:
    report = Report(trace.model._meta.db_table)
    told = AuditEvent.objects.filter(action=trace.action, subject=OuterRef("pk"))
    if trace.actor:
        told = told.filter(actor=OuterRef(trace.actor))
    rows = trace.model._base_manager.filter(trace.about).filter(~Exists(told))
    if trace.moment and (began := DigestStart.began(trace.model)):
        rows = rows.filter(**{f"{trace.moment}__gte": began})
    for key in rows.values_list("pk", flat=True).iterator():
        report.add(f"{key}: nothing in the audit trail says {trace.action}")
    return report
