"""What cannot be read could not be checked: it is shown, and holds up nothing else."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.utils import timezone

from alerts.models import Facts, Ruleset, Screening
from alerts.rules import explanations, rulesets
from alerts.rules.content import UnreadableRuleset
from alerts.screening.batch import screen_waiting
from permits.models import Check, CheckKind
from tests.factories.permits import a_submitted_application, a_user
from tests.factories.rulesets import document, live, publish
from tests.factories.screening import DEBT, an_alert
from wpis.accounts.roles import Role

pytestmark = pytest.mark.django_db


def corrupt(ruleset: Ruleset) -> None:
    """What only the owner of the database can do."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE alerts_ruleset DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE alerts_ruleset SET content = jsonb_set(content, %s, '9') WHERE id = %s",
            ["{rules,0,thresholds,tolerance}", ruleset.pk],
        )
        cursor.execute("ALTER TABLE alerts_ruleset ENABLE TRIGGER USER")


def test_content_that_is_not_what_was_published_is_not_run() -> None:
    ruleset = publish(document())
    corrupt(ruleset)
    with patch.object(rulesets, "_contents", {}), pytest.raises(UnreadableRuleset, match="published"):
        rulesets.content(rulesets.current())


@pytest.mark.parametrize("content", [{}, [], {"format": 2}, "text"], ids=repr)
def test_a_live_ruleset_that_cannot_be_read_leaves_everything_unchecked_and_nothing_clear(
    content: Any,
) -> None:
    publish(content)
    applications = [a_submitted_application() for _ in range(3)]
    assert screen_waiting(timezone.now() + timedelta(minutes=1)) == 3
    rows = Screening.objects.values_list("state", "error")
    assert list(rows) == [("could_not_check", "UnreadableRuleset")] * 3
    checks = Check.objects.filter(submission__application__in=applications, kind=CheckKind.AUTOMATIC)
    assert set(checks.values_list("completed_at", flat=True)) == {None}
    assert not Facts.objects.exists()


def test_pages_of_an_alert_whose_ruleset_cannot_be_read_say_so_and_the_others_stand(protection: Any) -> None:
    def change(document: dict[str, Any]) -> None:
        document["levels"]["urgent"]["hours"] = 23

    good = an_alert(**DEBT)
    bad_ruleset = publish(document(change))
    bad = an_alert(**DEBT)
    corrupt(bad_ruleset)
    analyst = a_user(Role.ANALYST)
    desk = protection.sign_in(analyst)
    with patch.object(rulesets, "_contents", {}):
        page = desk.get(f"/alerts/{bad.pk}/").content.decode()
        assert "Could not check: the ruleset of this finding cannot be read." in page
        assert "debt_bondage" in page
        queue = desk.get("/alerts/").content.decode()
        assert good.reference in queue
        assert bad.reference in queue
        assert "A debt may tie the worker to the job" in queue
        assert "Fee paid by the worker" in desk.get(f"/alerts/{good.pk}/").content.decode()
        desk.post(f"/alerts/{bad.pk}/take/")
        assert desk.get(f"/alerts/{bad.pk}/decide/").status_code == 200


def test_the_door_gives_a_finding_that_cannot_be_explained_as_not_checked() -> None:
    alert = an_alert(**DEBT)
    finding = alert.screening.findings.get(indicator="A06")
    told = explanations.explain(finding, None)
    assert (told.hit, told.supports, told.evidence) == (False, (), "E0")
    assert explanations.explain(finding, live()).hit
