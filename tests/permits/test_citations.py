"""What people read as a legal reference is an article of an act, or says that a lawyer has yet to name one."""

import re

import pytest

from permits.assessment.citations import ACTS, article, cited
from wpis.law import Confidence
from wpis.law.book import FOLDER
from wpis.law.grounds import grounds
from wpis.law.parameter import read_parameters

WAITS = "legal reference to be confirmed"
PROVISION = re.compile(rf"({'|'.join(map(re.escape, ACTS))}), art\. [0-9()a-z]+(, [0-9()a-z]+)*")

READINGS = [
    ("Law on Foreigners (HO-47-N), art. 23", Confidence.CONFIRMED, "Law on Foreigners (HO-47-N), art. 23"),
    (
        "Law on Foreigners (HO-47-N), art. 22 and 25; migration.am one-window steps",
        Confidence.CONFIRMED,
        "Law on Foreigners (HO-47-N), art. 22, 25",
    ),
    (
        "Law on Foreigners (HO-47-N), art. 24(2): the term of the contract; Armenpress 19.04.2022",
        Confidence.CONFIRMED,
        "Law on Foreigners (HO-47-N), art. 24(2)",
    ),
    ("Labour Code, art. 147; iravaban.net 87532", Confidence.CONFIRMED, "Labour Code, art. 147"),
    ("Labour Code; iravaban.net 495191, lawfirms.am", Confidence.CONFIRMED, WAITS),
    ("Law on Foreigners (HO-47-N); Armenpress 19.04.2022", Confidence.CONFIRMED, WAITS),
    ("bal.com on the work permit regulation", Confidence.CONFIRMED, WAITS),
    ("Law on Foreigners (HO-47-N), art. 23", Confidence.GENERAL, WAITS),
]


@pytest.mark.parametrize(("reference", "confidence", "read"), READINGS, ids=str)
def test_an_article_is_cited_and_anything_else_waits_for_a_lawyer(reference, confidence, read):
    assert cited(reference, confidence) == read


def test_no_reference_of_the_law_book_is_shown_as_anything_else():
    stored = [
        (entry.reference, entry.confidence)
        for parameter in read_parameters(FOLDER).values()
        for entry in parameter.values
    ] + [(ground.reference, ground.confidence) for ground in grounds()]
    assert len(stored) > 100
    shown = {cited(reference, confidence) for reference, confidence in stored}
    assert WAITS in shown
    assert len(shown) > 3
    for text in shown - {WAITS}:
        assert PROVISION.fullmatch(text), text


def test_the_act_is_named_in_the_reader_s_language(settings):
    from django.utils import translation

    with translation.override("ru"):
        assert article("Labour Code, art. 147", Confidence.CONFIRMED) == "Трудовой кодекс, ст. 147"
