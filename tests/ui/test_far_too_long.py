"""A text that is far longer than its box can hold is refused before anything reads it: no request stops the others."""

import json
import unicodedata
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django import forms
from django.utils import timezone
from django.utils.translation import override

from permits.actions import tokens
from permits.models import Application
from permits.parts.catalogue import ASKED
from tests.factories import permits as make
from tests.permits.api.conftest import Program
from wpis.ui.fields.lengths import LEAST, ROOM, WITHOUT_LIMIT
from wpis.ui.forms import Form

LIGATURE = "\ufdfa"
"""One sign that Unicode takes apart into eighteen."""

TYPED = LIGATURE * 15_000

ANYBODYS = {
    "/accounts/login/": ("login", "password"),
    "/accounts/signup/": ("name", "email", "password1", "password2"),
    "/accounts/password/reset/": ("email",),
}


@pytest.fixture
def read_whole() -> Iterator[list[bool]]:
    """Of each text that was brought to one spelling, the dear part of reading one, whether all of it was."""
    seen: list[bool] = []
    normalize = unicodedata.normalize

    def spy(form: Any, text: str) -> str:
        seen.append(TYPED in text)
        return normalize(form, text)

    with patch("unicodedata.normalize", spy):
        yield seen


@pytest.fixture
def draft() -> Application:
    by = make.a_user()
    return make.a_complete_application(make.an_employer(by), by)


@pytest.mark.parametrize("address", ANYBODYS)
def test_no_page_that_anybody_can_open_reads_it(portal: Any, read_whole: list[bool], address: str) -> None:
    answer = portal.post(address, dict.fromkeys(ANYBODYS[address], TYPED))
    assert answer.status_code == 200
    assert "characters or fewer" in answer.content.decode()

    assert not any(read_whole)


@pytest.mark.parametrize("part", [part.name for part in ASKED.values() if part.fields and part.model])
def test_no_part_of_the_form_reads_it(
    client_on: Any, draft: Application, read_whole: list[bool], part: str
) -> None:
    window = client_on("portal").sign_in(draft.created_by)
    boxes = ("", "_day", "_month", "_year")
    for field in ASKED[part].fields:
        data = dict.fromkeys([field.name + box for box in boxes], TYPED)
        answer = window.post(f"/applications/{draft.pk}/{part}/", data)
        assert answer.status_code == 422, field.name
    assert not any(read_whole)


def test_no_program_s_request_is_read_either(
    client_on: Any, draft: Application, read_whole: list[bool]
) -> None:
    by = draft.created_by
    _token, secret = tokens.issue(draft.employer, "Test", by=by, at=timezone.now())
    program = Program(client_on("portal"), secret)
    for part in ASKED.values():
        for field in part.fields if part.model else ():
            sent = json.dumps({part.name: {field.name: TYPED}}, ensure_ascii=False)
            assert program.put(f"/{draft.pk}", sent).status_code == 400, field.name

    assert not any(read_whole)


class Boxes(Form):
    short = forms.CharField(max_length=10)
    short_one = forms.CharField(max_length=1_000, required=False)
    day = forms.CharField()


def test_what_is_cut_is_refused_and_not_taken_for_the_answer() -> None:
    """The end could be what falls away in cleaning, and the rest be a good answer."""
    form = Boxes({"short": "good" + " " * LEAST + "and more", "day": "x"})
    assert form.errors == {"short": [f"Use 10 characters or fewer; you entered {LEAST + 12}"]}
    assert len(form["short"].value()) == LEAST


def test_a_box_is_measured_by_its_own_limit_and_not_by_that_of_a_name_it_begins_with() -> None:
    assert Boxes({"short": "x", "short_one": " " * ROOM * 1_000, "day": "x"}).is_valid()
    assert Boxes({"short": "x", "day": "x", "day_of_all": "x" * 10 * WITHOUT_LIMIT}).is_valid()


def test_spaces_and_signs_that_nobody_sees_do_not_count_as_long_as_it_is_not_far_too_long() -> None:
    form = Boxes({"short": " " * 200 + "x", "day": "x"})
    assert form.is_valid()
    assert form.cleaned_data["short"] == "x"


@pytest.mark.parametrize(
    ("language", "limit", "said"),
    [
        ("en", 1, "Use 1 character or fewer; you entered 2"),
        ("en", 100, "Use 100 characters or fewer; you entered 101"),
        ("hy", 1, "Օգտագործեք առավելագույնը 1 նիշ. մուտքագրել եք 2 նիշ"),
        ("hy", 100, "Օգտագործեք առավելագույնը 100 նիշ. մուտքագրել եք 101 նիշ"),
        ("ru", 21, "Введите не более 21 символа; сейчас их 22"),
        ("ru", 22, "Введите не более 22 символов; сейчас их 23"),
        ("ru", 100, "Введите не более 100 символов; сейчас их 101"),
    ],
)
def test_the_limit_and_what_was_entered_are_said_in_the_plural_of_each_language(
    language: str, limit: int, said: str
) -> None:
    class One(Form):
        text = forms.CharField(max_length=limit)

    with override(language):
        assert One({"text": "x" * (limit + 1)}).errors == {"text": [said]}
