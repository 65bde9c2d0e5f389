"""Who reads what an agency wrote: the office its text, the employer what was written for the employer."""

import re
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from permits.actions import review, tokens
from permits.check_kinds import CheckKind, Weight
from permits.checks.opinions import request_opinions
from permits.models import Check, OpinionText
from tests.conftest import standing_on
from tests.factories import permits as make
from tests.permits.checks.given import FOR_EMPLOYER, MINISTRY, NSS, TEXT, give
from wpis.accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_text_for_the_office_is_sealed_and_out_of_the_portals_reach(
    asked: Check, supervisor: User
) -> None:
    give(asked, "objection", supervisor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM permits_opiniontext")
        assert TEXT.encode() not in bytes(cursor.fetchone()[0])
    for surface in ("portal", "protection"):
        with standing_on(surface), pytest.raises(DatabaseError), transaction.atomic():
            OpinionText.objects.count()
    with standing_on("office"):
        assert OpinionText.objects.get(check_row=asked).text == TEXT


@pytest.mark.parametrize(
    ("outcome", "shown", "held"),
    [
        ("no_objection", "No objection", ""),
        ("objection", "Objection", "This agency objects: Police."),
        ("more_information", "More information needed", "This agency needs more information"),
    ],
)
def test_the_file_shows_whose_opinion_it_is_its_outcome_and_what_holds_the_approval(
    weights: Any, client_on: Any, supervisor: User, officer: User, outcome: str, shown: str, held: str
) -> None:
    weights(police=Weight.BINDING)
    file = review.take(make.a_submitted_application(), by=officer, at=timezone.now())
    make.complete_checks(file)
    row = Check.objects.get(kind=CheckKind.OPINION)
    office, page = client_on("office").sign_in(supervisor), f"/files/{file.reference}/"

    def checks() -> str:
        words = " ".join(office.get(page).content.decode().split())
        return words[words.index('<h2 id="checks">Checks</h2>') : words.index('<h2 id="limits">')]

    assert "Opinion of an agency: Police" in checks()
    assert checks().count("Not completed yet") == 1
    override = next(iter(re.findall(r'href="([^"]*/override/[^"]*)"', checks())))
    assert "Opinion of an agency: Police: asked for on" in office.get(override).content.decode()
    give(row, outcome, supervisor)
    assert f">{shown}</span>" in checks()
    assert checks().count(">Completed<") == 2, "the checks of the service alone"
    assert "when every check has completed" not in checks()
    assert (held in checks()) if held else 'class="hint"' not in checks()


def test_no_page_or_program_of_the_employer_says_what_an_agency_wrote(
    client_on: Any, supervisor: User, officer: User
) -> None:
    old = timezone.now().replace(year=2025, month=6, day=2)
    file = make.a_submitted_application(at=old)
    taken = review.take(file, by=officer, at=old)
    rows = request_opinions(taken, [NSS, MINISTRY], by=officer, at=old)
    give(rows[0], "objection", supervisor)
    give(rows[1], "candidate_available", supervisor, employer_text=FOR_EMPLOYER)
    portal = client_on("portal").sign_in(file.created_by)
    for path in ("/", "/applications/", f"/applications/{file.pk}/", f"/applications/{file.pk}/withdraw/"):
        page = portal.get(path).content.decode()
        for word in (TEXT, NSS, "National Security", "objection", "candidate_available"):
            assert word not in page, (path, word)
    _token, secret = tokens.issue(file.employer, "books", by=file.created_by, at=timezone.now())
    for path in ("/api/v1/applications", f"/api/v1/applications/{file.pk}"):
        answer = portal.get(path, headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 200
        for word in (TEXT, NSS, "objection", "candidate_available", "checks", "opinion"):
            assert word not in answer.content.decode(), (path, word)
