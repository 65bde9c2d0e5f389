"""A submission that release 0.1.0 stored is read, compared, shown, described and printed for ever."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pgtrigger
import pytest
from django.db import connection

from alerts.facts import from_submission
from permits import feed
from permits.certificate.of_permit import face
from permits.checks.actions import request_checks
from permits.models import Application, Submission
from permits.submissions import canonical, reading
from permits.submissions.reading import read
from permits.submissions.versions import VERSION
from tests.factories import permits as make
from wpis.crypto.sealing import Tampered
from wpis.dates.partial import PartialDate

pytestmark = pytest.mark.django_db
STORED = json.loads((Path(__file__).parent / "stored" / "v1.json").read_text(encoding="utf-8"))


def as_stored_then(application: Application) -> Submission:
    """The newest submission of this application, as release 0.1.0 left it in the database."""
    newest = application.submissions.latest("number")
    submission = Submission.objects.create(
        application=application,
        number=newest.number + 1,
        snapshot=STORED["snapshot"],
        digest=STORED["digest"],
        by=newest.by,
        at=newest.at,
    )
    request_checks(submission, at=newest.at)
    return submission


@pytest.fixture
def stored() -> Submission:
    pk = as_stored_then(make.a_submitted_application()).pk
    return Submission.objects.get(pk=pk)


def test_it_is_read_as_it_was_filed(stored):
    record = read(stored)
    worker, terms = record.worker, record.terms
    assert (record.reference, record.number) == ("WP-71AQZ0XK72CVW", 1)
    assert (worker.surname_hy, worker.birth_date, worker.mrz_birth_date) == (
        "ՇԱՐՄԱ",
        PartialDate(1991, 3, 27),
        PartialDate(1991, 3, 27),
    )
    assert (worker.languages, worker.contact_is_own, worker.phone) == (("hi", "en"), True, "+919800000003")
    assert (terms.weekly_hours, terms.gross_wage, terms.starts_on) == (37.5, 320_000, date(2027, 1, 26))
    assert (terms.deductions, terms.deduction_kinds) == (
        26_000,
        {"food": 0, "housing": 1000, "other": 25_000},
    )
    assert (terms.penalty_clause, terms.contract_languages) == (False, ("hy", "hi"))
    assert (record.housing.capacity, record.recruitment.worker_fee) == (8, 150_000)
    assert record.employer.registered_on == date(2015, 3, 2)


def test_its_digest_is_that_of_the_version_it_was_written_in(stored):
    assert canonical.digest_of(canonical.canonical_text(STORED["snapshot"])) == STORED["digest"]
    assert "schema" not in STORED["snapshot"]
    assert read(stored)


def test_facts_are_found_in_it(stored):
    (record,) = feed.records([stored.pk])
    facts = from_submission.facts(record)
    assert (facts["monthly_gross"], facts["worker_fee"]) == (320_000, 150_000)
    assert (facts["deductions_total"], facts["weekly_hours"]) == (26_000, Decimal("37.5"))
    assert facts["birth_dates_differ"] is False


def test_it_is_described_to_the_app_above(stored):
    (record,) = feed.records([stored.pk])
    words = {(row.part, row.name): row.words for part in feed.described(record) for row in part.rows}
    assert words["recruitment", "permit_cost_payer"] == "The worker"
    assert words["terms", "deduction_other"] == "25\u00a0000\u00a0֏"


def test_an_officer_reads_it_and_compares_it_with_the_one_before(office):
    officer = make.a_user("officer")
    desk = office.sign_in(officer)
    file = make.a_submitted_application(terms={"gross_wage": 111_000})
    as_stored_then(file)
    text = " ".join(desk.get(f"/files/{file.reference}/").content.decode().split())
    assert '<span class="vh">was </span>111 000 ֏</del>' in text
    assert '<span class="vh">now </span>320 000 ֏</ins>' in text
    assert "Ramesh Travels" in text


def test_a_permit_is_issued_and_printed_on_it():
    file = make.a_submitted_application()
    stored = as_stored_then(file)
    permit = make.a_permit(file)
    assert permit.submission == stored
    assert (permit.valid_from, permit.valid_until) == (date(2027, 1, 26), date(2027, 11, 22))
    assert face(permit).worker.en == "RAJESH KUMAR SHARMA"
    assert face(permit).monthly_wage == 320_000


CHANGE = "UPDATE permits_submission SET digest = %s WHERE id = %s"


@pytest.mark.parametrize("version", ["stored then", "stored now"])
def test_a_digest_that_does_not_fit_is_tampering(version):
    file = make.a_submitted_application()
    pk = as_stored_then(file).pk if version == "stored then" else file.submissions.get().pk
    assert read(Submission.objects.get(pk=pk))
    with pgtrigger.ignore("permits.Submission:immutable"), connection.cursor() as cursor:
        cursor.execute(CHANGE, ["0" * 64, pk])
    with pytest.raises(Tampered, match="does not fit its digest"):
        read(Submission.objects.get(pk=pk))
    with pytest.raises(Tampered):
        feed.records([pk])


def test_one_changed_sign_of_what_was_filed_is_tampering(stored):
    changed: dict[str, Any] = json.loads(json.dumps(STORED["snapshot"]))
    changed["terms"]["penalty_clause"] = None
    stored.snapshot = changed
    with pytest.raises(Tampered):
        read(stored)


def test_reading_leaves_the_snapshot_as_it_was_stored(stored):
    before = json.dumps(stored.snapshot)
    read(stored)
    assert json.dumps(stored.snapshot) == before


def test_everything_that_reads_a_snapshot_reads_it_here():
    root = Path(reading.__file__).parents[2]
    readers = {
        str(path.relative_to(root))
        for app in ("permits", "alerts", "referral", "wpis")
        for path in (root / app).rglob("*.py")
        if re.search(r"\w\.snapshot\b", re.sub(r"(?m)^from .*", "", path.read_text(encoding="utf-8")))
    }
    assert readers == {"permits/submissions/reading.py"}


def test_a_new_submission_is_written_in_the_newest_version():
    made = make.a_submitted_application().submissions.get()
    assert made.snapshot["schema"] == VERSION
