"""People whose passports say less than others': filed on the real pages, approved, printed, verified, and found."""

import io
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pypdf
import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from permits.case_types.registry import case_type
from permits.document_kinds import DocumentKind
from permits.models import Application, Permit
from permits.submissions.draft import content_id
from permits.submissions.reading import read
from tests.factories import permits as make
from tests.permits.employer import typed
from tests.permits.employer.parts.test_passport_lines import lines
from wpis.accounts.roles import Role
from wpis.dates.partial import PartialDate

pytestmark = pytest.mark.django_db

NOBODY = dict.fromkeys(
    (
        "given_names",
        "surname",
        "given_names_hy",
        "surname_hy",
        "birth_date_day",
        "birth_date_month",
        "birth_date_year",
    )
)
PEOPLE: dict[str, dict[str, Any]] = {
    "one name, where the passport puts surnames": {
        "typed": {"surname": "Suharto", "surname_hy": "Սուհարտո", "one_name": "on", "nationality": "IDN",
                  **typed.boxes("birth_date", date(1985, 1, 1))},
        "mrz": lines("<SUHARTO"),
        "name": "Suharto", "initials": "S***", "born": "01.01.1985", "citizenship": "Indonesia", "search": "suharto",
    },
    "one name, typed where surnames go and printed where given names do": {
        "typed": {"surname": "Gulomjon", "surname_hy": "Ղուլոմջոն", "one_name": "on", "nationality": "IND",
                  **typed.boxes("birth_date", date(1985, 1, 1))},
        "mrz": lines("<<GULOMJON", country="IND"),
        "name": "Gulomjon", "initials": "G***", "born": "01.01.1985", "citizenship": "India", "search": "Ղուլոմջոն",
    },
    "without a citizenship": {
        "typed": {"given_names": "Layla", "surname": "Al\u2011Hasan", "given_names_hy": "Լեյլա",
                  "surname_hy": "Ալ\u058aՀասան", "nationality": "XXA", "passport_issuer": "ARM",
                  **typed.boxes("birth_date", date(1985, 1, 1))},
        "mrz": "",
        "name": "Layla Al-Hasan", "initials": "L*** A***", "born": "01.01.1985",
        "citizenship": "Stateless person (XXA)", "search": "al-hasan",
    },
    "who knows the year of birth": {
        "typed": {"given_names": "Ahmad", "surname": "Karimi", "given_names_hy": "Ահմադ", "surname_hy": "Քարիմի",
                  "nationality": "AFG", "birth_date_year": "1985", "birth_date_partial": "on"},
        "mrz": lines("KARIMI<<AHMAD", country="AFG", birth="85<<<<"),
        "name": "Ahmad Karimi", "initials": "A*** K***", "born": "1985, day and month not known",
        "citizenship": "Afghanistan", "search": "karimi ahmad",
    },
    "a refugee with one name who knows month and year of birth": {
        "typed": {"surname": "G\u02bbulom", "given_names_hy": "Ղուլոմ", "one_name": "on", "nationality": "XXB",
                  "birth_date_month": "Mar", "birth_date_year": "1985", "birth_date_partial": "on"},
        "mrz": "",
        "name": "G'ulom", "initials": "G***", "born": "03.1985, day not known",
        "citizenship": "Refugee under the 1951 Convention (XXB)", "search": "ulom",
    },
}  # fmt: skip


def text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return unescape(" ".join(response.content.decode().split()))


def filed(portal: Any, by: Any, person: dict[str, Any]) -> Application:
    """What the employer does: every page, the documents, the declaration."""
    employer = make.an_employer(by)
    portal.sign_in(by)
    address = portal.post("/applications/start/").url
    for part, answers in typed.parts(timezone.localdate()).items():
        if part == "worker":
            answers = {k: v for k, v in {**answers, **NOBODY, "passport_number": "C1234567"}.items() if v}
            answers |= {
                "mrz": person["mrz"],
                **typed.boxes("passport_expires_on", date(2033, 1, 1)),
                **person["typed"],
            }
        response = portal.post(f"{address}{part}/", answers)
        assert response.status_code == 302, unescape(response.content.decode())
    application = Application.objects.get(employer=employer)
    for kind in (DocumentKind.PASSPORT, DocumentKind.CONTRACT):
        portal.post(f"{address}documents/", {"kind": kind, "file": make.a_file(f"{kind}.pdf")})
    make.check_documents(application)
    shown = text(portal.get(f"{address}check/"))
    for said in (person["born"], person["citizenship"]):
        assert said in shown
    draft = content_id(Application.objects.get(pk=application.pk))
    sent = portal.post(f"{address}check/", {"declared": "on", "confirmed": "on", "draft": draft})
    assert sent.status_code == 302, unescape(sent.content.decode())
    assert person["name"] in text(portal.get(address))
    return Application.objects.get(pk=application.pk)


def approved(client_on: Any, file: Application, person: dict[str, Any]) -> Permit:
    """What two officers do: find the file, read it, propose, confirm."""
    desk = client_on("office").sign_in(make.a_user(Role.OFFICER))
    found = text(desk.get("/", {"tab": "all", "q": person["search"]}))
    assert file.reference
    assert file.reference in found
    assert person["name"] in found
    page = f"/files/{file.reference}/"
    assert desk.post(f"{page}take/").status_code == 302
    read_by_officer = text(desk.get(page))
    for said in (person["born"], person["citizenship"]):
        assert said in read_by_officer
    assert "the passport zone says" not in read_by_officer
    make.complete_checks(file)
    answer = {
        "ground": case_type("new").approval_grounds(timezone.localdate())[0].code,
        "submission": make.newest(file),
    }
    proposed = desk.post(f"{page}decide/approval/", answer)
    assert proposed.status_code == 302, text(proposed)
    second = client_on("office").sign_in(make.a_user(Role.OFFICER))
    assert second.post(f"{page}confirm/", {"decision": make.proposal(file)}).status_code == 302
    return Permit.objects.get(application=file)


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
def test_a_person_with_another_passport_gets_a_permit_that_verifies(
    portal: Any, client_on: Any, person: dict[str, Any], tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    by = make.a_user()
    file = filed(portal, by, person)
    permit = approved(client_on, file, person)

    printed = portal.get(f"/applications/{file.pk}/permit.pdf")
    assert printed.status_code == 200
    body = b"".join(printed) if printed.streaming else printed.content
    words = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages).split())
    assert person["name"] in words
    assert "1985" in words
    assert "None" not in words

    noon = timezone.make_aware(datetime.combine(permit.valid_from, datetime.min.time()) + timedelta(hours=12))
    with time_machine.travel(noon, tick=False):
        for asked in (permit.number, permit.code):
            online = text(portal.get(f"/check/{asked}"))
            assert "This permit is genuine and valid today." in online
            assert person["initials"] in online
            assert person["name"] not in online
        keys = tmp_path / "keys.json"
        keys.write_bytes(portal.get("/check/keys.json").content)
        call_command("verify_permit", permit.code, keys=keys)
    offline = capsys.readouterr().out
    assert "VALID. The permit is genuine and in force." in offline
    assert f"Worker: {person['initials']}" in offline


def test_the_day_of_birth_is_filed_as_far_as_it_is_known() -> None:
    file = make.a_submitted_application(worker={"birth_date": PartialDate(1985)})
    newest = file.submissions.get()
    assert newest.snapshot["worker"]["birth_date"] == "1985"
    assert read(newest).worker.birth_date == PartialDate(1985)
