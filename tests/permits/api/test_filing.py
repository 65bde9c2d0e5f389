"""A program files an application, as the portal's database role, and reads where it stands."""

import base64
import uuid

import pytest
from django.utils import timezone

from permits.models import Application, ApplicationDocument, Outcome, Submission, Worker
from permits.states import State
from tests.factories import permits as make

pytestmark = pytest.mark.django_db


def a_file():
    return base64.b64encode(make.a_file().read()).decode()


def test_a_program_files_a_whole_application_and_reads_its_status(program):
    created = program.post("", {"language": "en", **make.answers(timezone.localdate())})
    assert created.status_code == 201, created.content
    draft = created.json()
    assert draft["state"] == "draft"
    assert {(item["part"], item["field"]) for item in draft["missing"]} == {
        ("documents", "passport"),
        ("documents", "contract"),
    }
    path = f"/{draft['id']}"
    for kind in ("passport", "contract"):
        added = program.post(f"{path}/documents", {"kind": kind, "name": f"{kind}.pdf", "content": a_file()})
        assert added.status_code == 201, added.content
        assert added.json()["file_state"] == "quarantined"
    submitted = program.post(f"{path}/submit", {"declared": True})
    assert submitted.status_code == 200, submitted.content
    application = Application.objects.get()
    assert submitted.json()["reference"] == application.reference
    assert application.due_on
    assert submitted.json()["due_on"] == application.due_on.isoformat()

    make.a_question(application, text="Which floor?")
    status = program.get(path).json()
    assert status["state"] == "answer_needed"
    assert status["question"]["text"] == "Which floor?"
    assert status["missing"] == []


def test_office_states_never_reach_a_program(program, by, company):
    application = make.a_submitted_application(company, by)
    before = program.get(f"/{application.pk}").content
    make.propose(application, Outcome.REFUSAL, reason="No")
    assert program.get(f"/{application.pk}").content == before
    assert program.get().json()["results"][0]["state"] == "in_review"


def test_the_permit_number_is_in_the_status(program, by, company):
    permit = make.a_permit(make.a_submitted_application(company, by))
    assert program.get(f"/{permit.application_id}").json()["permit"] == permit.number


def test_a_part_can_be_sent_in_pieces_and_null_empties_a_field(program):
    draft = program.post("", {"worker": {"surname": "SHARMA", "phone": "+91 98765 43210"}}).json()
    program.put(f"/{draft['id']}", {"worker": {"given_names": "RAJESH"}})
    worker = Worker.objects.get()
    assert (worker.surname, worker.given_names, worker.phone) == ("SHARMA", "RAJESH", "+919876543210")
    program.put(f"/{draft['id']}", {"worker": {"phone": None, "surname": None}})
    worker = Worker.objects.get()
    assert (worker.surname, worker.phone) == ("", None)


def test_what_cannot_be_read_is_said_field_by_field_and_nothing_is_kept(program):
    wrong = make.MRZ.replace("N1234567", "N1234568")
    sent = {
        "worker": {"mrz": wrong, "phone": "twelve", "nationality": "XX"},
        "terms": {"occupation": "0000", "gross_wage": -1, "starts_on": "2027-01-02", "ends_on": "2027-01-01"},
        "salary": 1,
    }
    answer = program.post("", sent)
    assert answer.status_code == 400
    problem = answer.json()
    assert set(problem) == {"code", "message", "fields"}
    assert problem["code"] == "invalid"
    assert {"worker.mrz", "worker.phone", "worker.nationality", "terms.occupation"} <= set(problem["fields"])
    assert "check digit" in problem["fields"]["worker.mrz"][0]
    assert not Application.objects.exists()
    assert problem["fields"]["salary"] == ["There is no such field."]
    assert program.post("", {"salary": 1}).json()["fields"] == {"salary": ["There is no such field."]}
    typo = program.post("", {"worker": {"surnam": "SHARMA"}}).json()["fields"]
    assert typo == {"worker.surnam": ["There is no such field."]}
    assert program.post("", '{"\\ud800": 1}').status_code == 400
    assert program.post("", [1]).status_code == 400
    assert program.send("POST", "", "{", **{"Idempotency-Key": "k"}).json()["code"] in {
        "parse_error",
        "invalid",
    }


@pytest.mark.parametrize(
    "body",
    [
        '{"language": "\\ud800"}',
        '{"worker": {"sex": "\\ud800"}}',
        '{"worker": {"languages": ["\\ud800"]}}',
        '{"worker": {"\\udfff": 1}}',
        "[" * 100_000 + "]" * 100_000,
    ],
    ids=["choice", "choice of a part", "choice in a list", "name", "lists without end"],
)
def test_what_no_answer_could_quote_is_an_error_of_the_body_and_no_crash(program, body):
    answer = program.post("", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"content": "ա"}, {"content": "AA=A"}, {"name": ".."}, {"name": "."}, {"name": "/"}, {"name": "a/"}],
    ids=str,
)
def test_a_file_that_cannot_be_read_or_named_is_an_error_of_the_request(program, company, by, wrong):
    draft = make.a_draft(company, by)
    sent = {"kind": "passport", "name": "passport.pdf", "content": a_file()} | wrong
    answer = program.post(f"/{draft.pk}/documents", sent)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert not ApplicationDocument.objects.exists()


def test_a_contract_cannot_end_before_it_starts_even_when_one_day_is_sent_alone(program):
    draft = program.post("", {"terms": {"starts_on": "2027-02-01"}}).json()
    answer = program.put(f"/{draft['id']}", {"terms": {"ends_on": "2027-01-01"}})
    assert answer.json()["fields"] == {"terms.ends_on": ["The contract must end after it starts"]}
    assert program.put(f"/{draft['id']}", {"terms": {"ends_on": "9999-01-01"}}).status_code == 400
    assert program.put(f"/{draft['id']}", {"terms": {"ends_on": "2027-03-01"}}).status_code == 200


def test_an_incomplete_draft_is_answered_with_everything_that_is_missing(program):
    draft = program.post("", {}).json()
    answer = program.post(f"/{draft['id']}/submit", {"declared": True})
    assert answer.status_code == 422
    assert answer.json()["code"] == "incomplete"
    assert "worker.passport_number" in answer.json()["fields"]
    assert "documents.contract" in answer.json()["fields"]


def test_nothing_is_submitted_without_the_declaration_or_twice(program, by, company):
    application = make.a_complete_application(company, by)
    path = f"/{application.pk}/submit"
    assert program.post(path, {"declared": False}).status_code == 422
    assert program.post(path, {"declared": True}).status_code == 200
    again = program.post(path, {"declared": True})
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    assert Submission.objects.count() == 1


def test_a_submitted_application_is_closed_for_programs_too(program, by, company):
    application = make.a_submitted_application(company, by)
    answer = program.put(f"/{application.pk}", {"terms": {"job_title": "Changed"}})
    assert answer.status_code == 409
    assert Application.objects.get().terms.job_title == "Bricklayer"


def test_a_bad_file_is_refused_with_the_page_s_words(program, by, company):
    draft = make.a_draft(company, by)
    path = f"/{draft.pk}/documents"
    program_file = base64.b64encode(b"MZ a program").decode()
    refused = program.post(path, {"kind": "contract", "name": "scan.pdf", "content": program_file})
    assert refused.status_code == 422
    assert "This file cannot be used" in refused.json()["message"]
    assert program.post(path, {"kind": "contract", "name": "a.pdf", "content": "?"}).status_code == 400
    assert not ApplicationDocument.objects.exists()


def test_a_body_beyond_the_limit_is_not_read(program):
    answer = program.post("", {"worker": {"surname": "A" * 1_100_000}})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_another_employers_application_and_an_absent_one_are_the_same_404(program, method):
    theirs = make.a_submitted_application().pk
    found, absent = (program.send(method, f"/{pk}", {}) for pk in (theirs, uuid.uuid4()))
    assert found.status_code == absent.status_code == 404
    nowhere = program.send(method, "/null,null/", {})
    assert nowhere.status_code == 404
    assert found.content == absent.content == nowhere.content
    assert found.headers["Content-Type"] == nowhere.headers["Content-Type"]
    assert found.json()["code"] == "not_found"


def test_a_token_reaches_only_its_own_employer(program, by):
    other_company = make.an_employer(by)
    other = make.a_draft(other_company, by)
    assert program.get(f"/{other.pk}").status_code == 404
    assert program.get().json()["count"] == 0


def test_the_list_is_paged_and_takes_the_same_queries_for_more_rows(
    program, by, company, django_assert_max_num_queries
):
    for _number in range(27):
        make.a_draft(company, by)
    program.get()
    with django_assert_max_num_queries(12):
        page = program.get().json()
    assert (page["count"], len(page["results"])) == (27, 25)
    assert len(program.get("?page=2").json()["results"]) == 2
    assert program.get("?page=99").status_code == 404


def test_a_submission_asks_the_database_for_nothing_twice(
    program, by, company, django_assert_max_num_queries
):
    """Nine questions, nine writes, one count of the rate limit, the rest savepoints.

    The ninth write says in the trail that the check of the files has completed.
    """
    draft = make.a_complete_application(company, by)
    program.get()  # only the first request of a minute also deletes old counts
    with django_assert_max_num_queries(25):
        answer = program.post(f"/{draft.pk}/submit", {"declared": True})
    assert answer.json()["state"] == "in_review"


def test_a_draft_of_a_program_is_the_draft_of_the_pages(program, portal, by):
    draft = program.post("", {"worker": {"surname": "SHARMA"}}).json()
    portal.sign_in(by)
    assert "SHARMA" in portal.get(f"/applications/{draft['id']}/worker/").content.decode()
    assert Application.objects.get().state == State.DRAFT


def test_a_program_says_that_nothing_is_deducted_or_leaves_it_open(program):
    made = program.post("", {"terms": {"job_title": "Cook"}}).json()
    terms = Application.objects.get(pk=made["id"]).terms
    assert terms.deductions is None
    assert program.put(f"/{made['id']}", {"terms": {"nothing_deducted": True}}).status_code == 200
    terms = Application.objects.get(pk=made["id"]).terms
    assert (terms.deductions, terms.nothing_deducted, terms.job_title) == (0, True, "Cook")
    sent = {"terms": {"nothing_deducted": True, "deduction_food": 5000, "deduction_other": 0}}
    refused = program.put(f"/{made['id']}", sent)
    assert refused.status_code == 400
    assert list(refused.json()["fields"]) == ["terms.deduction_food"]
    for left in (None, False):
        program.put(f"/{made['id']}", {"terms": {"nothing_deducted": left, "deduction_food": 5000}})
        terms = Application.objects.get(pk=made["id"]).terms
        assert (terms.deductions, terms.nothing_deducted) == (5000, False)


def test_an_address_is_cleaned_or_refused_as_on_the_pages(program):
    made = program.post("", {"worker": {"email": " rajesh\u200b@example.in\u202c"}})
    assert made.status_code == 201, made.content
    assert Worker.objects.get().email == "rajesh@example.in"
    refused = program.post("", {"worker": {"email": "rajesh@" + "x" * 64 + ".in"}})
    assert refused.json()["fields"]["worker.email"] == ["Enter an e-mail address, like name@example.am"]


def test_an_extension_is_kept_and_a_second_number_refused(program):
    program.post("", {"worker": {"phone": "+374 10 123456 ext. 12"}})
    assert Worker.objects.get().phone == "+37410123456;ext=12"
    refused = program.post("", {"worker": {"phone": "010 123456, 099 123456"}})
    assert refused.json()["fields"]["worker.phone"] == ["Enter one phone number only"]


def test_a_line_break_counts_once_for_programs_too(program):
    longest = "x" * 148 + "\r\n" + "y"
    made = program.post("", {"terms": {"job_title": longest}})
    assert made.status_code == 201, made.content
    assert Application.objects.get().terms.job_title == "x" * 148 + "\ny"


def test_what_could_not_be_printed_is_refused_before_anything_is_filed(program):
    refused = program.post("", {"terms": {"workplace": "中国路桥 site 3"}})
    assert refused.status_code == 400
    assert "cannot show “中国路桥”" in refused.json()["fields"]["terms.workplace"][0]
