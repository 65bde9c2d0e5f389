"""Whatever the pages and the interface for programs accept is screened, and tied to what it shares with others."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alerts.models import Facts, Finding, Identifier, IdentifierKind, Screening
from alerts.screening.batch import screen_waiting
from permits.actions import applications, tokens
from permits.completeness.missing import missing
from permits.models import Application, Check, CheckKind
from permits.models.terms import DEDUCTIONS
from permits.parts import kinds
from permits.parts.catalogue import ASKED
from permits.parts.declaration import Field
from permits.submissions.draft import Draft
from tests.factories import permits as make
from tests.permits.api.conftest import Program

pytestmark = pytest.mark.django_db

SHARED = {"phone": "+37499111222", "wage_account": "AM00000000000777"}
"""What a second, plain file has in common with each extreme one."""

INTEGERS = st.sampled_from([0, -1, 1, 7, 8, 168, 10**9, 10**9 + 1, 2**31 - 1, 2**31, 2**63, 10**18, 10**30])
ODD_TEXTS = st.sampled_from(
    [
        *(
            "\0",
            "A\0B",
            "\u200b\u200d\ufeff",
            "\u202eevil\u202c",
            "\u0661\u0662\u0663",
            "\u1369 k 5",
            "\u2460 g",
        ),
        *("👩‍👩‍👧‍👦 12", "ﷺ" * 40, "ա" * 250, "x" * 500, "1 " * 120, "' OR 1=1 --", "é" * 100, "\u0301" * 90),
        *("{{ 7*7 }}", "%s%s%n", "\\u0000", "12 Abovyan", "1" * 250, "k 1 k 1", "\r\n\t", "\u2028", "𐩀 k"),
        *(
            "NaN",
            "Infinity",
            "1e400",
            "٣٤",
            "A",
            "Ա",
            "O'Neil-Dž",
            "a@b.am",
            "+" + "9" * 40,
            "x+y+z@gmail.com",
        ),
    ]
)
TEXTS = ODD_TEXTS | st.text(st.characters(exclude_categories=["Cs"]), max_size=260)
DAYS = st.sampled_from(["0001-01-01", "1899-12-31", "1900-01-01", "2100-12-31", "2101-01-01", "9999-12-31"])
ANYTHING = INTEGERS | TEXTS | DAYS | st.sampled_from([None, True, [], {}, [None], {"a": 1}, 0.05, -1e300])


def extreme(kind: kinds.Kind) -> st.SearchStrategy[Any]:
    """Both ends of what a kind allows, what lies beyond, and what is of another kind."""
    match kind:
        case kinds.PartialDay():
            legal: Any = DAYS | st.sampled_from(["1900", "2100", "2008-02", "2009-13"])
        case kinds.Day():
            legal = DAYS | st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat)
        case kinds.Money():
            legal = st.sampled_from([0, 1, kind.max_value]) | st.integers(0, kind.max_value)
        case kinds.Number():
            legal = st.sampled_from([kind.min_value, kind.max_value])
        case kinds.Hours():
            legal = st.sampled_from([kind.min_value, kind.max_value, 0.1, 167.9, 40.05])
        case kinds.YesNo():
            legal = st.sampled_from([True, False, None])
        case kinds.Choice() | kinds.Several():
            legal = st.sampled_from([value for value, _label in kind.answers])
            legal = st.lists(legal, min_size=1, max_size=300) if isinstance(kind, kinds.Several) else legal
        case kinds.Phone():
            legal = st.sampled_from(
                ["+37499123456", "099 123456", "+8613800000000", "+1 202 555 0100 ext. 5"]
            )
        case kinds.PassportNumber():
            legal = st.sampled_from(["A" * 20, "00000", "zz-99 999", "Ａ1234567"])
        case kinds.Account():
            legal = st.sampled_from(["A" * 34, "0" * 8, "am12 3456 7890 1234"])
        case kinds.Email():
            legal = st.sampled_from(
                [f"{'a' * 60}@{'b' * 60}.{'c' * 60}.am", "x+y@gmail.com", "почта@пример.рф"]
            )
        case kinds.Name():
            legal = st.sampled_from(["Ž" * 100, "ʼ", "A'", "Ա" * 100, "-", " . ", "ọ\u0301" * 50, "Gal·la"])
        case kinds.Text():
            legal = st.sampled_from(["ա" * kind.max_length, "\u1369 k 5 𐩀 g", "\u200f٣ ش 5"]) | TEXTS
        case kinds.Country():
            legal = st.sampled_from(["IND", "ARM", "D", "UNO", "RKS", "XXA", "XXX"])
        case _:
            legal = TEXTS
    return st.one_of(legal, legal, legal, ANYTHING)


def fields_of(part: str) -> list[Field]:
    return [field for field in ASKED[part].fields if field.name not in SHARED]


EXTREMES = st.fixed_dictionaries(
    {},
    optional={
        part.name: st.fixed_dictionaries(
            {}, optional={field.name: extreme(field.kind) for field in fields_of(part.name)}
        )
        for part in ASKED.values()
        if part.fields
    },
)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def a_draft_that_shares(by: Any, company: Any) -> Application:
    return make.a_complete_application(
        company, by, worker={"phone": SHARED["phone"]}, terms={"wage_account": SHARED["wage_account"]}
    )


def _plain(part: str) -> dict[str, Any]:
    """Plain answers, with days as the interface for programs writes them."""
    plain: dict[str, Any] = json.loads(make.as_json(make.answers(timezone.localdate())[part]))
    return plain


def is_screened_and_tied(application: Application, other: Application) -> None:
    """The promise of this file: screened, every fact computed, identifiers stored, and the other file hits."""
    screen_waiting(timezone.now() + timedelta(minutes=1))
    row = Screening.objects.get(application=application.pk)
    assert (row.state, row.error) == ("screened", "")
    assert row.facts is not None
    assert row.facts.not_computed == []
    kinds_stored = set(Identifier.objects.filter(application=application.pk).values_list("kind", flat=True))
    assert {IdentifierKind.EMPLOYER, IdentifierKind.PHONE, IdentifierKind.ACCOUNT} <= kinds_stored
    facts = Facts.objects.get(application=other.pk)
    assert (facts.phone_workers, facts.account_workers) == (2, 2)
    assert Finding.objects.get(indicator="C03", screening__application=other.pk).outcome == "hit"
    done = Check.objects.filter(
        submission__application__in=[application.pk, other.pk], kind=CheckKind.AUTOMATIC
    ).values_list("completed_at", flat=True)
    assert len(set(done)) == 1
    assert None not in set(done)


@pytest.fixture
def program(client_on: Any) -> Program:
    by = make.a_user()
    company = make.an_employer(by)
    _token, secret = tokens.issue(company, "Test", by=by, at=timezone.now())
    found = Program(client_on("portal"), secret)
    found.by, found.company = by, company  # type: ignore[attr-defined]
    return found


def send(program: Program, application: Application, sent: dict[str, dict[str, Any]]) -> None:
    """Send the answers part by part; what is refused, each at its field, is left out and the rest sent again."""
    for part, answers in sent.items():
        for _once_more in answers | {"": None}:
            answer = program.put(f"/{application.pk}", json.dumps({part: answers}))
            if answer.status_code == 200:
                break
            assert answer.status_code == 400, (part, answers, answer.content)
            refused = {name.split(".")[1] for name in answer.json()["fields"]}
            assert refused, (part, answers, answer.content)
            answers = {name: value for name, value in answers.items() if name not in refused}


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(sent=EXTREMES)
@example(sent={"terms": dict.fromkeys(DEDUCTIONS, 10**9)})
@example(sent={"terms": dict.fromkeys(DEDUCTIONS, 200_000_000), "recruitment": {"worker_fee": 10**9}})
@example(sent={"housing": {"address": "\u1369 k 5"}})
@example(sent={"recruitment": {"worker_fee": 10**9, "advance": 10**9}})
@example(
    sent={
        "worker": {"birth_date": "1900-01-01"},
        "terms": {"starts_on": "2100-12-30", "ends_on": "2100-12-31"},
    }
)
def test_every_filing_that_a_program_may_make_is_screened(program: Any, sent: Any) -> None:
    with undone():
        application = a_draft_that_shares(program.by, program.company)
        send(program, application, sent)
        filed = program.post(f"/{application.pk}/submit", {"declared": True})
        if filed.status_code != 200:
            assert filed.json()["code"] == "incomplete", filed.content
            fill(application, by=program.by)
            filed = program.post(f"/{application.pk}/submit", {"declared": True})
        assert filed.status_code == 200, filed.content
        other = make.a_submitted_application(
            worker={"phone": SHARED["phone"]}, terms={"wage_account": SHARED["wage_account"]}
        )
        is_screened_and_tied(application, other)


def fill(application: Application, *, by: Any) -> None:
    """Give the parts that lack something, or contradict themselves, plain answers: the rest stays extreme."""
    plain = make.answers(timezone.localdate(), worker={"phone": SHARED["phone"]})
    plain["terms"] |= dict.fromkeys(DEDUCTIONS, 0) | {"wage_account": SHARED["wage_account"]}
    for _pass in ("what is missing", "what then contradicts it: a passport and a contract"):
        lacking = missing(Application.objects.get(pk=application.pk))
        parts = {item.part for item in lacking}
        for part in parts | (
            {"terms"} if "passport_expires_on" in {item.field for item in lacking} else set()
        ):
            applications.save_part(application, part, plain[part], by=by, at=timezone.now())


def typed(field: Field, value: Any) -> dict[str, Any]:
    """An answer as a browser posts it."""
    if isinstance(field.kind, kinds.Day) and isinstance(value, str) and value.count("-") == 2:
        year, month, day = value.split("-")
        return {f"{field.name}_day": day, f"{field.name}_month": month, f"{field.name}_year": year}
    if isinstance(field.kind, kinds.YesNo) and not isinstance(field.kind, kinds.Tick):
        return {field.name: {"True": "yes", "False": "no"}.get(str(value), "")}
    if value is None:
        return {}
    return {field.name: value if isinstance(value, list) else str(value)}


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(sent=EXTREMES, digits=st.sampled_from(["9" * 5000, "1" * 20, "٣" * 9]))
@example(sent={"terms": dict.fromkeys(DEDUCTIONS, 10**9)}, digits="5")
def test_every_filing_that_a_page_may_make_is_screened(client_on: Any, sent: Any, digits: str) -> None:
    with undone():
        by = make.a_user()
        company = make.an_employer(by)
        window = client_on("portal").sign_in(by)
        application = a_draft_that_shares(by, company)
        for part, answers in sent.items():
            kept = _plain(part) | SHARED | answers
            data: dict[str, Any] = {}
            for field in ASKED[part].fields:
                data |= typed(field, kept.get(field.name))
            answer = window.post(f"/applications/{application.pk}/{part}/", {**data, "gross_wage": digits})
            assert answer.status_code in (302, 422), (part, data)
        fill(application, by=by)
        applications.submit(
            application,
            declared=True,
            expected_draft=Draft.AS_SAVED,
            by=by,
            at=timezone.now(),
        )
        other = make.a_submitted_application(
            worker={"phone": SHARED["phone"]}, terms={"wage_account": SHARED["wage_account"]}
        )
        is_screened_and_tied(application, other)


TOO_MUCH = {
    "terms": ({"deduction_housing": 600_000_000, "deduction_food": 400_000_001}, "deduction_other"),
    "recruitment": ({"worker_fee": 600_000_000, "advance": 400_000_001}, "advance"),
}
"""Amounts that are each within the limit of their field, and where the answer stands that refuses their sum."""


@pytest.mark.parametrize(("part", "amounts", "field"), [(part, *case) for part, case in TOO_MUCH.items()])
def test_a_sum_beyond_the_cap_is_refused_at_the_field(
    client_on: Any, program: Any, part: str, amounts: Any, field: str
) -> None:
    application = a_draft_that_shares(program.by, program.company)
    refused = program.put(f"/{application.pk}", {part: amounts})
    assert refused.status_code == 400
    assert "together can be at most 1 000 000 000 drams" in refused.json()["fields"][f"{part}.{field}"][0]
    first, second = amounts
    assert (
        program.put(f"/{application.pk}", {part: {first: amounts[first], second: 400_000_000}}).status_code
        == 200
    )
    one_more = program.put(f"/{application.pk}", {part: {second: amounts[second]}})
    assert one_more.status_code == 400, "an amount sent alone is added to those that are saved"

    window = client_on("portal").sign_in(program.by)
    data: dict[str, Any] = {}
    for each in ASKED[part].fields:
        data |= typed(each, (_plain(part) | amounts).get(each.name))
    page = window.post(f"/applications/{application.pk}/{part}/", data)
    assert page.status_code == 422
    text = page.content.decode()
    assert "together can be at most 1 000 000 000 drams" in text
    assert "600" in text
    assert "400" in text


def test_a_draft_that_an_earlier_release_saved_beyond_the_cap_is_not_filed(program: Any) -> None:
    application = a_draft_that_shares(program.by, program.company)
    applications.save_part(
        application, "terms", dict.fromkeys(DEDUCTIONS, 10**9), by=program.by, at=timezone.now()
    )
    answer = program.post(f"/{application.pk}/submit", {"declared": True})
    assert answer.json()["code"] == "incomplete"
    assert "terms.deduction_other" in answer.json()["fields"]
    assert program.put(f"/{application.pk}", {"terms": {"nothing_deducted": True}}).status_code == 200
    assert program.post(f"/{application.pk}/submit", {"declared": True}).status_code == 200
