"""The metrics count jobs that want a person, and the alert rules name only metrics that there are."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml
from django.test import override_settings
from django.utils import timezone

from wpis.models import BackgroundJob

pytestmark = pytest.mark.django_db

RULES = Path(__file__).parents[2] / "docs" / "alerts.rules.yml"
PROMQL = {"absent", "by", "histogram_quantile", "increase", "instance", "le", "or", "rate", "sum"}
MADE_BY_PROMETHEUS = {"up"}


def page(client_on: Any, surface: str = "protection") -> str:
    with override_settings(WPIS_METRICS_TOKEN="known"):
        answer = client_on(surface).get("/metrics", headers={"Authorization": "Bearer known"})
    return str(answer.content.decode())


def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    return list(group["rules"])


def named(expression: str) -> set[str]:
    """The metrics of a PromQL expression."""
    bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]", "", expression)
    return set(re.findall(r"\b[a-z]\w*", bare)) - PROMQL


TABLES = (
    *("wpis_errand", "permits_feeditem", "referral_reminder"),
    *("documents_filecheck", "documents_checkedfile"),
)


def test_the_metrics_count_what_was_given_up_and_what_nobody_knows(client_on: Any) -> None:
    now = timezone.now()
    BackgroundJob.objects.create(kind="letter", key=UUID(int=1), dead_at=now)
    for number, minutes in ((2, 10), (3, 20), (4, 0)):
        began = now - timedelta(minutes=minutes)
        BackgroundJob.objects.create(kind="letter", key=UUID(int=number), started_at=began)
    told = page(client_on)
    assert 'wpis_stuck_jobs{state="dead",table="wpis_errand"} 1.0' in told
    assert 'wpis_stuck_jobs{state="unknown",table="wpis_errand"} 2.0' in told
    BackgroundJob.objects.update(done_at=now)
    told = page(client_on)
    for state in ("dead", "unknown"):
        for table in TABLES:
            assert f'wpis_stuck_jobs{{state="{state}",table="{table}"}} 0.0' in told


def test_every_rule_is_whole_and_names_only_metrics_that_there_are(client_on: Any) -> None:
    page(client_on)  # a first request, so that every figure has a value
    there = {re.split(r"[{ ]", line)[0] for line in page(client_on).splitlines() if line[0] != "#"}
    assert len(rules()) >= 7
    for rule in rules():
        assert rule.keys() - {"for"} == {"alert", "expr", "labels", "annotations"}
        assert re.fullmatch(r"\d+m", rule.get("for", "1m"))
        assert rule["labels"]["severity"] in {"page", "ticket"}
        metrics = named(rule["expr"])
        assert metrics, rule["alert"]
        assert metrics <= there | MADE_BY_PROMETHEUS, rule["alert"]


def test_every_figure_of_our_own_has_a_rule(client_on: Any) -> None:
    ours = set(re.findall(r"^wpis_\w+", page(client_on), re.MULTILINE))
    assert ours == {name for rule in rules() for name in named(rule["expr"]) if name.startswith("wpis_")}
