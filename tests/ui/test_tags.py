"""Numbers, dates and clocks read the same on every page."""

import datetime

import pytest
from django.template import Context, Template
from django.utils import translation

NBSP = "\u00a0"


def render(source, **context):
    return Template("{% load wpi %}" + source).render(Context(context))


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_drams_are_grouped_and_never_broken_over_lines():
    assert render("{{ pay|drams }}", pay=75_000) == f"75{NBSP}000{NBSP}֏"
    assert render("{{ pay|drams }}", pay=1_234_567) == f"1{NBSP}234{NBSP}567{NBSP}֏"
    assert render("{{ pay|drams }}", pay=0) == f"0{NBSP}֏"
    assert render("{{ pay|drams }}", pay=None) == ""


def test_a_moment_is_shown_as_the_day_it_was_in_yerevan():
    late = datetime.datetime(2026, 11, 20, 21, 30, tzinfo=datetime.UTC)
    assert render("{{ at|day }}", at=late) == "21.11.2026"
    assert render("{{ at|day }}", at=datetime.date(2026, 3, 1)) == "01.03.2026"
    assert render("{{ at|day }}", at=None) == ""
    assert render("{{ at|moment }}", at=late) == "21.11.2026, 01:30"
    assert render("{{ at|moment }}", at=None) == ""


@pytest.mark.parametrize(
    ("left", "words", "state"),
    [
        (11, "11 days left", 'class="sla"'),
        (1, "1 day left", 'class="sla"'),
        (0, "Due today", 'class="sla today"'),
        (-1, "1 day late", 'class="sla late"'),
        (-2, "2 days late", 'class="sla late"'),
        (None, "No time limit", 'class="sla"'),
    ],
)
def test_a_clock_says_in_words_how_long_is_left(left, words, state):
    html = render("{% clock left 15 %}", left=left)
    assert f"<span>{words}</span>" in html
    assert state in html


def test_a_paused_clock_says_since_when():
    html = render("{% clock 4 15 since %}", since=datetime.date(2026, 11, 3))
    assert "Paused since 03.11.2026" in html
    assert 'class="sla paused"' in html


@pytest.mark.parametrize("left", [20, 15, 3, 0, -40])
def test_the_meter_never_leaves_its_scale(left):
    value = render("{% clock left 15 %}", left=left).split('value="')[1].split('"')[0]
    assert 0 <= int(value) <= 15


def test_a_reference_is_isolated_and_escaped():
    assert render("{{ r|ref }}", r="A-2026-004512") == '<bdi class="ref">A-2026-004512</bdi>'
    assert render("{{ r|ref }}", r="<b>") == '<bdi class="ref">&lt;b&gt;</bdi>'
    assert render("{{ r|ref }}", r="") == ""


def test_a_status_is_a_word_in_a_pill():
    assert render('{% tag "Valid" "ok" %}') == '<span class="tag ok">Valid</span>'
    assert render("{% tag word %}", word="<i>") == '<span class="tag">&lt;i&gt;</span>'


def test_icons_are_hidden_from_screen_readers_and_arrows_turn_with_the_script():
    assert 'aria-hidden="true"' in render('{% icon "search" %}')
    assert 'class="icon turn"' in render('{% icon "arrow-left" %}')
    assert 'class="icon"' in render('{% icon "clock" %}')


def test_an_empty_value_reads_not_given_but_zero_and_no_are_values():
    assert "Not given" in render('{% kv_row "Phone" "" %}')
    assert "Not given" not in render('{% kv_row "Days" value %}', value=0)
    assert "Not given" not in render('{% kv_row "Housing" value %}', value=False)


def test_a_change_link_tells_what_it_changes():
    html = render('{% kv_row "Phone" "099" "/p/" %}')
    assert '<a href="/p/">Change<span class="vh"> Phone</span></a>' in html


def test_armenian_pages_write_days_and_numbers_the_armenian_way():
    with translation.override("hy"):
        source = "{% load l10n %}{{ day|date:'SHORT_DATE_FORMAT' }} {{ n|localize }}"
        assert render(source, day=datetime.date(2026, 11, 21), n=37.5) == "21.11.2026 37,5"
