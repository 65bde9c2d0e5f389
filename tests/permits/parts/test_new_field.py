"""A field that is declared arrives everywhere by itself: form, programs, snapshot, staff, comparison, completeness."""

from dataclasses import dataclass, make_dataclass, replace
from datetime import date

import pytest
from django.conf import settings
from django.db import models
from django.template import Context, Template
from django.test.utils import isolate_apps
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from permits.api.parts import serializer_of
from permits.assessment.passport import part_marks
from permits.completeness.missing import missing_in
from permits.employer.forms import form_of
from permits.officer.file import presenters
from permits.parts import catalogue, description
from permits.parts.declaration import Part, Rule, declared
from permits.parts.kinds import Choice, Day, Money, PassportNumber, Text, YesNo
from permits.submissions.records import as_dict, build
from permits.submissions.snapshot import take_part
from tests.factories.records import a_record
from wpis.documents.mrz import parse

ZONE = "P<INDSHARMA<<RAJESH<KUMAR<<<<<<<<<<<<<<<<<<<\nN1234567<7IND9103270M3108158<<<<<<<<<<<<<<<2"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolsRecord:
    """What a worker gets to work with, as filed."""

    helmet: bool | None = declared(
        YesNo(),
        label="Does the worker get a helmet?",
        help="A hard one",
        program_help="a hard one",
        noun="gets a helmet",
        needed="Say whether the worker gets a helmet",
        since=3,
    )
    deposit: int | None = declared(Money(), label="Deposit for tools", noun="deposit for tools")
    owner: str = declared(
        Choice(choices=(("worker", "The worker"), ("employer", "The employer"))),
        label="Whose are they?",
        noun="owner of the tools",
    )
    handed_on: date | None = declared(Day(), label="Handed over on", noun="handed over on")
    returned_on: date | None = declared(Day(), label="Returned on", noun="returned on")
    badge: str = declared(
        PassportNumber(),
        label="Number on the badge",
        noun="badge",
        masked="Number on the badge",
        passport="number",
        compared=True,
    )
    caste: str = declared(Text(max_length=20), label="Caste", noun="caste", weighed=False)


TOOLS = Part(
    name="tools",
    title="Tools",
    heading="Tools of the worker",
    about="What the worker gets.",
    record=ToolsRecord,
    reading=("badge",),
    rules=(
        Rule(
            field="returned_on",
            needs=("handed_on", "returned_on"),
            holds=lambda handed, returned: handed <= returned,
            text="Returned before it was handed over",
        ),
    ),
)
TYPED = {
    "helmet": "no",
    "deposit": "12 000",
    "owner": "worker",
    "handed_on": "2026-11-02",
    "returned_on": "2026-12-02",
    "badge": "n 123-4567",
    "caste": "x",
}
Row = make_dataclass("Row", TYPED)
FILED = ToolsRecord(
    helmet=False,
    deposit=12_000,
    owner="worker",
    handed_on=date(2026, 11, 2),
    returned_on=date(2026, 12, 2),
    badge="N1234567",
    caste="x",
)


def filled(**typed):
    form = form_of(TOOLS)(TYPED | typed)
    form.full_clean()
    return form


def test_the_form_asks_it_with_its_words_and_reads_it():
    form = filled()
    assert not form.errors
    assert form.values() == as_dict(FILED)
    html = form["helmet"].as_field_group()
    assert "Does the worker get a helmet?" in html
    assert "A hard one" in html
    assert "(optional)" not in html
    assert "(optional)" not in form["deposit"].as_field_group(), "what is needed is listed before filing"


def test_a_page_whose_layout_does_not_place_it_still_shows_it():
    layout = "{% load wpi %}{% fields form 'deposit' 'owner' %}<hr>{% fields form %}"
    placed, rest = Template(layout).render(Context({"form": form_of(TOOLS)()})).split("<hr>")
    assert 'name="deposit"' in placed
    assert 'name="helmet"' in rest
    assert 'name="deposit"' not in rest


def test_the_pages_of_all_parts_show_what_their_layout_forgot():
    base = (settings.BASE_DIR / "templates/permits/employer/parts/part.html").read_text(encoding="utf-8")
    assert "{% block fields %}{% endblock %}{% fields form %}" in base, (
        "outside the block that layouts replace"
    )


def test_programs_send_it_and_its_description_says_so():
    serializer = serializer_of(TOOLS)
    assert (serializer.__name__, serializer.__doc__) == ("ToolsPart", "What the worker gets.")
    sent = serializer(data={"helmet": False, "badge": "n 123-4567", "deposit": None})
    assert sent.is_valid(), sent.errors
    assert sent.validated_data == {"helmet": False, "badge": "N1234567", "deposit": None}
    assert sent.fields["helmet"].help_text == "a hard one"
    unknown = serializer(data={"helmets": True})
    assert not unknown.is_valid()
    assert list(unknown.errors) == ["helmets"], "no other name is taken"


def test_it_is_in_the_description_of_the_interface_for_programs():
    class Tools(APIView):
        @extend_schema(operation_id="tools", request=serializer_of(TOOLS), responses={204: None})
        def post(self, request): ...

    described = SchemaGenerator(patterns=[path("tools", Tools.as_view())]).get_schema(public=True)
    properties = described["components"]["schemas"]["ToolsPart"]["properties"]
    assert list(properties) == list(TYPED)
    assert properties["helmet"] == {"type": "boolean", "nullable": True, "description": "a hard one"}


def test_it_is_filed_and_read_back_and_unknown_in_what_was_filed_before():
    row = Row(**filled().values())
    taken = take_part(ToolsRecord, row, date(2026, 11, 27))
    assert taken == FILED
    written = {
        name: str(value) if isinstance(value, date) else value for name, value in as_dict(taken).items()
    }
    assert build(ToolsRecord, written, 3) == FILED
    del written["helmet"]
    assert build(ToolsRecord, written, 2).helmet is None
    with pytest.raises(KeyError, match="helmet"):
        build(ToolsRecord, written, 3)


def test_staff_read_it_in_words_masked_and_compared_with_the_submission_before():
    before = replace(FILED, helmet=True, deposit=None, badge="K7654321")
    rows = {row.name: row for row in presenters.rows(TOOLS, FILED, before, {})}
    assert list(rows)[:2] == ["badge", "helmet"], "in the order of reading, then as declared"
    assert (rows["helmet"].label, rows["helmet"].value, rows["helmet"].was) == ("Gets a helmet", "No", "Yes")
    assert (rows["deposit"].value, rows["deposit"].was) == ("12\u00a0000\u00a0֏", "")
    assert (rows["owner"].value, rows["owner"].changed) == ("The worker", False)
    assert (rows["badge"].value, rows["badge"].hidden) == ("N••••567", True)


def test_it_is_compared_with_the_passport_where_it_says_so():
    marks = part_marks(TOOLS, FILED, parse(ZONE, date(2026, 11, 27)))
    assert {name: mark.kind for name, mark in marks.items()} == {"badge": "ok"}
    other = part_marks(TOOLS, replace(FILED, badge="K7654321"), parse(ZONE, date(2026, 11, 27)))
    assert other["badge"].kind == "warn"
    rows = {row.name: row for row in presenters.rows(TOOLS, FILED, None, marks)}
    assert rows["badge"].mark == marks["badge"]


def test_it_is_missing_until_it_is_given_and_a_no_is_an_answer():
    empty = Row(**{name: TOOLS.stored(name, "") for name in TYPED})
    assert [(item.part, item.field, str(item)) for item in missing_in(TOOLS, empty, date(2026, 11, 27))] == [
        ("tools", "helmet", "Say whether the worker gets a helmet")
    ]
    assert missing_in(TOOLS, replace(empty, helmet=False), date(2026, 11, 27)) == []


def test_what_must_hold_between_answers_holds_on_pages_and_for_programs():
    form = filled(returned_on="2026-11-01")
    assert form.errors == {"returned_on": ["Returned before it was handed over"]}
    assert "returned_on" not in form.values()
    stored = make_dataclass("Application", ["tools"])(Row(**filled().values()))
    sent = serializer_of(TOOLS)(data={"handed_on": "2027-01-01"}, context={"application": stored})
    assert not sent.is_valid(), "the other day is the one that was kept before"
    assert list(sent.errors) == ["returned_on"]


def test_the_app_above_reads_it_without_what_must_not_move_a_decision(monkeypatch):
    monkeypatch.setattr(catalogue, "SUBMITTED", {"tools": TOOLS})
    (part,) = description.described(make_dataclass("Record", ["tools"])(FILED))
    rows = {row.name: row for row in part.rows}
    assert part.heading == "Tools of the worker"
    assert "caste" not in rows
    assert (rows["helmet"].label, rows["helmet"].value, rows["helmet"].words) == (
        "Gets a helmet",
        False,
        "No",
    )
    assert (rows["badge"].covered, rows["owner"].covered) == (True, False)


def test_sex_citizenship_and_issuing_country_are_described_to_nobody():
    described = {(row.part, row.name) for part in description.described(a_record()) for row in part.rows}
    everything = {(part.name, field.name) for part in catalogue.SUBMITTED.values() for field in part.rows}
    assert everything - described == {("worker", name) for name in ("sex", "nationality", "passport_issuer")}


def test_staff_call_it_as_the_column_does_unless_it_says_otherwise():
    with isolate_apps("permits"):

        class Tools(models.Model):
            helmet = models.BooleanField("has a helmet", null=True)
            deposit = models.PositiveIntegerField("deposit", null=True)

            class Meta:
                app_label = "permits"

    @dataclass(frozen=True, kw_only=True)
    class Worded:
        helmet: bool | None = declared(YesNo(), label="A helmet?")
        deposit: int | None = declared(Money(), label="A deposit?", noun="deposit for tools")

    part = Part(name="tools", title="", heading="", model=Tools, record=Worded)
    assert [field.noun for field in part.fields] == ["has a helmet", "deposit for tools"]
    assert part.stored("helmet", "") is None
