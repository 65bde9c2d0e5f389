"""What is declared fits what it declares: columns, records, controls, words."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from permits.api.fields import program_field
from permits.api.parts import SERIALIZERS
from permits.employer.forms import CompanyForm
from permits.employer.forms.controls import control
from permits.employer.pages import PAGES
from permits.models import Employer
from permits.parts import kinds
from permits.parts.catalogue import ASKED, MODELS, SUBMITTED
from permits.parts.declaration import Part
from permits.parts.employer import EMPLOYER
from permits.submissions.records import SubmissionRecord
from wpis import clock
from wpis.ui.fields.name import Script

EVERY = [(part, field) for part in ASKED.values() for field in part.fields]


def columns(part: Part) -> set[str]:
    """The columns of a part that hold an answer."""
    assert part.model is not None
    kept = {"application", "passport_index", "search_text"}
    return {column.name for column in part.model._meta.concrete_fields} - kept


def column(part: Part, name: str) -> "models.Field[Any, Any]":
    """The column that holds an answer."""
    assert name in columns(part), name
    assert part.model is not None
    found = part.model._meta.get_field(name)
    assert isinstance(found, models.Field)
    return found


@pytest.mark.parametrize("part", [part for part in ASKED.values() if part.model], ids=lambda part: part.name)
def test_every_column_is_a_field_and_every_field_an_attribute_of_the_row(part):
    named = {field.name for field in part.fields}
    assert columns(part) <= named
    assert {name for name in named - columns(part) if not hasattr(part.model, name)} == set()


def test_every_field_is_asked_on_a_page_and_of_programs():
    for part in ASKED.values():
        if part.fields:
            names = [field.name for field in part.fields]
            form = PAGES[part.name].form
            assert form
            assert list(form.base_fields) == names
            assert list(SERIALIZERS[part.name]().fields) == names


def test_every_kind_has_a_control_and_a_field_for_programs():
    made = (
        *(kinds.Text(max_length=9), kinds.Phone(), kinds.PassportNumber(), kinds.Account(), kinds.Email()),
        *(kinds.PassportLines(), kinds.Day(), kinds.Money(), kinds.Number(min_value=0, max_value=9)),
        *(kinds.Hours(min_value=0, max_value=9), kinds.YesNo(), kinds.Tick(), kinds.Choice(choices=())),
        *(kinds.Several(choices=()), kinds.Country(), kinds.Occupation(), kinds.TaxNumber()),
        *(kinds.Name(max_length=9, script=Script.LATIN), kinds.PartialDay(), kinds.Citizenship()),
    )
    known = {each for each in vars(kinds).values() if isinstance(each, type) and issubclass(each, kinds.Kind)}
    assert {type(kind) for kind in made} == known - {kinds.Kind}
    for kind in made:
        assert control(kind, label="x")
        assert program_field(kind)
        assert (kind.words(None), kind.words("")) == ("", "")
    for ask in (control, program_field):
        with pytest.raises(TypeError):
            ask(kinds.Kind())


def test_every_field_has_a_question_and_those_that_staff_read_a_noun():
    assert [field.name for _part, field in EVERY if not field.label] == []
    assert [field.name for part in SUBMITTED.values() for field in part.rows if not field.noun] == []


def test_limits_of_text_fit_the_column():
    for part, field in EVERY:
        if isinstance(field.kind, kinds.Text):
            assert field.kind.max_length == column(part, field.name).max_length, field.name
        if isinstance(field.kind, kinds.Choice) and (choices := column(part, field.name).choices):
            assert list(field.kind.choices) == list(choices), field.name
        if isinstance(field.kind, kinds.Country):
            assert column(part, field.name).max_length == 3


def test_a_field_that_can_tell_no_from_not_answered_has_a_column_that_can():
    for part, field in EVERY:
        if isinstance(field.kind, kinds.YesNo) and field.name in columns(part):
            answer = column(part, field.name)
            assert isinstance(answer, models.BooleanField)
            assert answer.null, field.name


def test_the_record_of_a_submission_holds_the_filed_parts():
    held = {field.name: field.type for field in fields(SubmissionRecord) if field.name in SUBMITTED}
    assert held == {name: part.record for name, part in SUBMITTED.items()}
    assert list(MODELS) == [name for name in ASKED if ASKED[name].model]


def test_rules_name_fields_of_their_part():
    for part in ASKED.values():
        for rule in part.rules:
            assert {rule.field, *rule.needs} <= set(part.by_name)
        assert set(part.reading) <= set(part.by_name)
        assert (
            {field.before for field in part.asked_only} <= {field.name for field in fields(part.record)}
            if part.record
            else True
        )


def test_registration_asks_every_field_of_the_employer_and_lets_none_stay_empty():
    form = CompanyForm({})
    assert set(form.fields) == {*EMPLOYER.by_name, "authority"}, "and why the account may act for the company"
    assert list(form.fields)[:3] == ["tax_number", "name_hy", "name_en"]
    errors = {name: said for name, said in form.errors.items() if name != "authority"}
    assert errors == {field.name: [str(field.needed)] for field in EMPLOYER.fields}
    assert [field.name for field in EMPLOYER.fields if not field.label or not field.needed] == []


def test_the_declared_limits_of_the_employer_fit_its_columns():
    for field in EMPLOYER.fields:
        kept = Employer._meta.get_field(field.name)
        assert isinstance(kept, models.Field)
        if isinstance(field.kind, kinds.Text):
            assert field.kind.max_length == kept.max_length, field.name
        if isinstance(field.kind, kinds.Choice):
            assert list(field.kind.choices) == list(kept.choices or ()), field.name


def test_a_company_may_be_registered_on_the_day_it_was_founded_and_not_before():
    founded = kinds.Day(by_today="Not yet")
    founded.validate(clock.today())
    with pytest.raises(ValidationError, match="Not yet"):
        founded.validate(clock.today() + timedelta(days=1))
