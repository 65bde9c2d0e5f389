"""Letters: short, in the employer's language, with the words of the status page and a link."""

from contextlib import nullcontext
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone, translation

from permits import letters
from permits.actions import applications, delegates
from permits.case_types.registry import CASE_TYPES
from permits.models import Application, Outcome
from permits.submissions.draft import Draft
from tests.conftest import standing_on
from tests.factories import permits as make
from wpis.formatting.days import written_day
from wpis.models import BackgroundJob

pytestmark = pytest.mark.django_db


def send_all():
    for job in BackgroundJob.objects.filter(kind=letters.KIND, done_at=None).order_by("created_at", "pk"):
        letters.prepare(job, timezone.now())()
        BackgroundJob.objects.filter(pk=job.pk).update(done_at=timezone.now())
    sent, mail.outbox = mail.outbox, []
    return sent


def letter_after(step):
    send_all()
    step()
    [letter] = send_all()
    return letter


def a_filed(by):
    application = make.a_submitted_application(by=by)
    send_all()
    return application


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("received", "We have received your application"),
        ("question", "We need an answer from you"),
        ("answered", "We have received your answer"),
        ("withdrawn", "has been withdrawn"),
        ("approved", "The permit has been issued"),
        ("refused", "how and until when you can appeal"),
    ],
)
def test_each_step_sends_one_short_letter_with_the_link(settings, name, words):
    by, now = make.a_user(), timezone.now()
    draft = make.a_complete_application(by=by, at=now)
    steps = {
        "received": lambda: applications.submit(
            draft, by=by, at=now, declared=True, expected_draft=Draft.AS_SAVED
        ),
        "question": lambda: make.a_question(draft, text="What is the passport number?"),
        "answered": lambda: applications.answer(
            draft, "N1", expected_question=make.asked(draft), by=by, at=timezone.now()
        ),
        "withdrawn": lambda: applications.withdraw(draft, "", by=by, at=now),
        "approved": lambda: make.settle(draft, Outcome.APPROVAL),
        "refused": lambda: make.settle(draft, Outcome.REFUSAL, reason="Forged stamp"),
    }
    if name != "received":
        steps["received"]()
        draft.refresh_from_db()
    if name == "answered":
        steps["question"]()
    letter = letter_after(steps[name])
    draft.refresh_from_db()
    assert words in letter.body
    assert letter.to == [by.email]
    assert f"{settings.WPIS_PORTAL_URL}/applications/{draft.pk}/" in letter.body
    assert draft.reference in letter.body
    assert draft.reference in letter.subject
    assert "Worker: R*** K*** S***" in letter.body
    assert len(letter.body) < 900
    for private in ("SHARMA", "RAJESH", "passport number", "Forged stamp", "&#"):
        assert private not in letter.subject + letter.body


@pytest.mark.parametrize(
    ("language", "in_words", "asks"),
    [
        ("en", "2 December 2026", "answer by 2 December 2026"),
        ("hy", "2026 թ. դեկտեմբերի 2", "պատասխանեք մինչև 2026 թ. դեկտեմբերի 2-ը ներառյալ"),
        ("ru", "2 декабря 2026 года", "ответьте не позднее 2 декабря 2026 года"),
    ],
)
def test_a_question_says_what_to_do_and_by_when(language, in_words, asks):
    friday_evening = datetime(2026, 11, 27, 22, 50, tzinfo=ZoneInfo("Asia/Yerevan"))
    application = make.a_submitted_application(at=friday_evening - timedelta(days=3))
    Application.objects.filter(pk=application.pk).update(language=language)
    send_all()
    make.a_question(application, at=friday_evening)
    [letter] = send_all()
    assert asks in letter.subject
    assert in_words in letter.body
    assert application.reference in letter.subject


def test_a_question_that_was_answered_before_its_letter_went_out_asks_nobody():
    by = make.a_user()
    application = a_filed(by)
    make.a_question(application)
    expected = make.asked(application)
    applications.answer(application, "N1", expected_question=expected, by=by, at=timezone.now())
    [letter] = send_all()
    assert "We have received your answer" in letter.body


def test_a_decision_has_one_subject_whatever_it_says_and_a_refusal_the_last_day_to_appeal():
    by, subjects = make.a_user(), {}
    for outcome in Outcome:
        application = a_filed(by)
        letter = letter_after(lambda: make.settle(application, outcome, reason="Forged stamp"))  # noqa: B023
        subjects[outcome] = letter.subject.replace(application.reference, "")
    until = application.decisions.get().appeal_until
    assert f"You can appeal until {written_day(until)}" in letter.body
    assert len(set(subjects.values())) == 1


@pytest.mark.parametrize("language", ["hy", "en", "ru"])
def test_every_letter_of_a_case_type_has_a_subject_that_says_what_it_asks(language):
    with translation.override(language):
        for kind in CASE_TYPES.values():
            for letter in kind.letters.values():
                assert letters.SUBJECTS[letter], letter
        assert "%(day)s" in letters.SUBJECTS["question"]


def test_a_company_name_stands_in_a_letter_as_it_is_written():
    by = make.a_user()
    company = make.an_employer(by, name_en='Ara & Sons "Build" LLC')
    letter = letter_after(lambda: make.a_submitted_application(company, by))
    assert 'Ara & Sons "Build" LLC' in letter.body


@pytest.mark.parametrize("surface", ["office", None])
def test_a_dismissed_delegate_gets_no_more_letters(surface):
    boss, delegate, now = make.a_user(), make.a_user("delegate"), timezone.now()
    company = make.an_employer(boss, email="office@ararat.am")
    make.a_delegate(company, delegate, by=boss, at=now)
    application = make.a_submitted_application(company, delegate)
    send_all()
    delegates.dismiss(company, delegate, by=boss, at=now)
    applications.withdraw(application, "", by=boss, at=now)
    with standing_on(surface) if surface else nullcontext():
        [letter] = send_all()
    assert letter.to == ["office@ararat.am"]
