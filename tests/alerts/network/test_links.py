"""Links around one alert, and their picture."""

from typing import Any

import pytest

from alerts.models import Alert, IdentifierKind
from alerts.network import links
from alerts.network.drawing import draw
from permits import feed
from tests.factories.records import a_record
from tests.factories.screening import DEBT, an_alert, screen

pytestmark = pytest.mark.django_db

HOUSE = {"address": "3 Ring Road, Yerevan"}


def around(records: list[Any], monkeypatch: pytest.MonkeyPatch) -> links.Network:
    """The network of the alert on the first record; the others only share."""
    screen(records)
    by_id = {record.submission: record for record in records}
    monkeypatch.setattr(feed, "records", lambda keys: [by_id[key] for key in keys])
    return links.around(Alert.objects.get(application=records[0].application))


def test_nothing_shared_says_what_was_looked_at() -> None:
    found = links.around(an_alert(**DEBT, worker={"email": None}))
    assert found.links == ()
    assert set(found.checked) == {IdentifierKind.ADDRESS, IdentifierKind.PHONE, IdentifierKind.ACCOUNT}
    assert set(found.absent) == {IdentifierKind.EMAIL, IdentifierKind.RECRUITER}
    assert draw(found, "worker", {}) is None


def test_a_shared_house_names_employers_and_counts_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = a_record(**DEBT, housing=HOUSE)
    other = a_record(housing=HOUSE)
    second = a_record(housing=HOUSE, employer=other.employer)
    own = a_record(housing=HOUSE, employer=mine.employer)
    (link,) = around([mine, other, second, own], monkeypatch).links
    assert (link.kind, link.workers) == (IdentifierKind.ADDRESS, 3)
    assert [(holder.name, holder.own, holder.workers) for holder in link.holders] == [
        (other.employer.name_en, False, 2),
        (mine.employer.name_en, True, 1),
    ]


def test_other_alerts_on_the_other_end_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    (link,) = around([a_record(**DEBT, housing=HOUSE), a_record(**DEBT, housing=HOUSE)], monkeypatch).links
    assert [holder.alerts for holder in link.holders] == [1]


def test_the_picture_is_the_same_every_time_and_groups_a_crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = [a_record(housing=HOUSE) for _ in range(40)]
    found = around([a_record(**DEBT, housing=HOUSE), *crowd], monkeypatch)
    drawing = draw(found, "this worker", {})
    assert drawing == draw(found, "this worker", {})
    assert drawing is not None
    assert len(drawing.nodes) > 60, "forty employers cannot be grouped further than one node of workers each"
    assert {node.label for node in drawing.nodes if node.kind == "k8"} == {"1 worker"}
    assert all(0 < node.x < drawing.width and 0 < node.y < drawing.height for node in drawing.nodes)
    assert len({(node.x, node.y) for node in drawing.nodes}) == len(drawing.nodes)


def test_however_many_links_the_queries_stay_few(
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(45):
        found = around(
            [a_record(**DEBT, housing=HOUSE), *[a_record(housing=HOUSE) for _ in range(30)]], monkeypatch
        )
    alert = Alert.objects.select_related("screening__facts").get()
    with django_assert_max_num_queries(3):
        links.around(alert)
    assert len(found.links) == 1
