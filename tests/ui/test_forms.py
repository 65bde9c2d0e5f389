"""Forms speak plainly and can be used with a screen reader, a keyboard and no script."""

import re
from html.parser import HTMLParser

import pytest
from django import forms as plain
from django.template import Context, Template
from django.utils import translation

from wpis.ui.fields import DateField, MoneyField, PassportNumberField, PhoneField, SeveralField, YesNoField
from wpis.ui.forms import Form
from wpis.ui.widgets import Radios, TextArea


class Passport(Form):
    family = plain.CharField(label="Family name", help_text="As printed", max_length=60)
    passport = PassportNumberField(label="Passport number")
    sex = plain.ChoiceField(
        label="Sex in the passport", choices=[("F", "Female"), ("M", "Male")], widget=Radios
    )
    born = DateField(label="Date of birth", help_text="For example, 27 3 1994")
    pay = MoneyField(label="Pay")
    phone = PhoneField(label="Phone", required=False)
    housed = YesNoField(label="Do you house the worker?")
    languages = SeveralField(label="Languages", choices=[("hy", "Armenian")], required=False)
    duties = plain.CharField(label="Duties", widget=TextArea, required=False)
    email = plain.EmailField(
        label="E-mail", required=False, widget=plain.EmailInput(attrs={"placeholder": "x"})
    )
    true = plain.BooleanField(label="All this is true")
    token = plain.CharField(widget=plain.HiddenInput, required=False)

    missing = {"sex": "Choose the sex shown in the passport"}


class Page(HTMLParser):
    """The elements of a page, in order, with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.feed(str(html))

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def by_id(self, id_):
        found = [(tag, attrs) for tag, attrs in self.elements if attrs.get("id") == id_]
        assert len(found) == 1, f"{len(found)} elements with the id {id_}"
        return found[0]

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def failed():
    return Passport({"born_day": "31", "born_month": "2", "born_year": "1994", "pay": "x", "email": "nobody"})


def test_every_message_says_what_to_do(failed):
    assert {name: list(errors) for name, errors in failed.errors.items()} == {
        "family": ["Enter family name"],
        "passport": ["Enter the passport number"],
        "sex": ["Choose the sex shown in the passport"],
        "born": ["This day does not exist. Check the day and the month"],
        "pay": ["Enter an amount in whole drams, like 150 000"],
        "housed": ["Choose an answer: do you house the worker?"],
        "email": ["Enter an e-mail address, like name@example.am"],
        "true": ["Tick the box: all this is true"],
    }


def test_a_text_of_the_author_wins_over_the_plain_default():
    class Own(Form):
        name = plain.CharField(error_messages={"required": "Say your name"}, max_length=3)

    assert Own({"name": ""}).errors["name"] == ["Say your name"]
    assert Own({"name": "long"}).errors["name"] == ["Use 3 characters or fewer; you entered 4"]


def test_an_abbreviation_keeps_its_capitals_inside_a_sentence():
    class Trade(Form):
        code = plain.CharField(label="NACE code")

    assert Trade({}).errors["code"] == ["Enter NACE code"]


def test_the_summary_comes_first_takes_the_focus_and_links_to_controls_that_exist(failed):
    page = Page(failed)
    first_tag, first = page.elements[0]
    assert (first_tag, first["class"], first["tabindex"]) == ("div", "errsum", "-1")
    assert "autofocus" in first
    page.by_id(first["aria-labelledby"])
    links = [attrs["href"] for attrs in page.all("a")]
    assert links == [
        "#id_family",
        "#id_passport",
        "#id_sex_0",
        "#id_born_day",
        "#id_pay",
        "#id_housed_0",
        "#id_email",
        "#id_true",
    ]
    assert all(page.by_id(link[1:])[0] == "input" for link in links)


def test_hint_and_error_belong_to_their_control(failed):
    page = Page(failed)
    for id_ in ("id_family", "id_sex_group", "id_born_group", "id_housed_group", "id_email", "id_true"):
        _, attrs = page.by_id(id_)
        for described in attrs["aria-describedby"].split():
            page.by_id(described)
    assert page.by_id("id_family")[1]["aria-describedby"] == "id_family_helptext id_family_error"


def test_a_wrong_control_says_so_and_a_right_one_does_not(failed):
    page = Page(failed)
    assert page.by_id("id_family")[1]["aria-invalid"] == "true"
    assert (
        page.by_id("id_sex_group")[1] | {"role": "radiogroup", "aria-invalid": "true"}
        == page.by_id("id_sex_group")[1]
    )
    assert "aria-invalid" not in page.by_id("id_sex_0")[1], "a radio may not carry it"
    assert "aria-invalid" not in page.by_id("id_phone")[1]


def test_only_the_wrong_boxes_of_a_date_are_marked(failed):
    page = Page(failed)
    marked = {part: "aria-invalid" in page.by_id(f"id_born_{part}")[1] for part in ("day", "month", "year")}
    assert marked == {"day": True, "month": True, "year": False}
    assert page.by_id("id_born_month")[1]["value"] == "2", "what was typed stays"


def test_every_control_has_one_label_or_legend():
    page = Page(Passport())
    labels = [attrs["for"] for attrs in page.all("label")]
    assert len(labels) == len(set(labels))
    controls = [attrs for tag in ("input", "select", "textarea") for attrs in page.all(tag)]
    assert {attrs["id"] for attrs in controls if attrs.get("type") != "hidden"} == set(labels)
    assert len(page.all("legend")) == len(page.all("fieldset")) == 4


def test_optional_is_said_in_words_and_browsers_do_not_validate():
    html = str(Passport())
    assert re.findall(r"(\w+) <span class=\"optional\">", html) == ["Phone", "Languages", "Duties", "mail"]
    page = Page(html)
    assert not any(mark in attrs for _, attrs in page.elements for mark in ("required", "placeholder"))
    assert ":</label>" not in html


def test_a_filter_form_does_not_call_everything_optional():
    class Filter(Form):
        mark_optional = False
        q = plain.CharField(required=False)

    assert "optional" not in str(Filter())


def test_a_box_is_about_as_wide_as_its_answer():
    page = Page(Passport())
    assert page.by_id("id_passport")[1]["class"] == "w10"
    assert "class" not in page.by_id("id_family")[1]
    assert page.by_id("id_born_year")[1]["class"] == "w4"


def test_a_form_that_was_not_sent_has_no_summary():
    assert "errsum" not in str(Passport())


def render(source, **context):
    return Template("{% load wpi %}" + source).render(Context(context))


def test_a_summary_above_the_heading_is_not_repeated_in_the_form(failed):
    html = render("{% error_summary form %}<h1>x</h1>{{ form }}", form=failed)
    assert html.count("errsum") == 1
    assert html.index("errsum") < html.index("<h1>")


def test_some_fields_can_be_rendered_alone(failed):
    page = Page(render('{% fields form "family" "born" %}', form=failed))
    assert {attrs.get("name") for attrs in page.all("input")} == {
        "family",
        "born_day",
        "born_month",
        "born_year",
    }


def test_an_error_of_the_whole_form_stands_in_the_summary_without_a_link():
    form = Passport({})
    form.add_error(None, "The worker has a permit already")
    assert "<li>The worker has a permit already</li>" in str(form)


def test_what_was_typed_is_escaped():
    form = Passport({"family": "<script>alert(1)</script>" * 10})
    assert "<script>" not in str(form)


def test_the_renderer_serves_forms_that_are_not_ours_too():
    class Foreign(plain.Form):
        name = plain.CharField(widget=plain.TextInput(attrs={"placeholder": "Name"}))

    page = Page(Foreign({}))
    control = page.by_id("id_name")[1]
    assert control["aria-invalid"] == "true"
    assert not {"required", "placeholder"} & control.keys()
    assert page.all("a")[0]["href"] == "#id_name"
