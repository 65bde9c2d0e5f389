"""Applications in every state of the office, each left where its story ends."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from permits.actions import applications, decisions, documents, review
from permits.checks import overrides
from permits.models import Application, Check, Decision, DocumentKind, Outcome, Permit
from permits.tasks import work_open
from tests.documents.corpus import locked
from tests.factories.permits import a_file, answers, asked, newest
from tests.factories.permits import proposal as waiting
from tests.upgrade.stories import opinions, triage
from tests.upgrade.stories.cast import Cast
from tests.upgrade.stories.companies import Companies
from tests.upgrade.stories.filing import (
    BLIND,
    FULL,
    LEAST,
    a_draft,
    an_application,
    attach,
    named,
    picture,
)
from wpis.documents.checking.tasks import work_files


def drafts(cast: Cast, companies: Companies) -> None:
    """One that was only started, one half filled in, one with files in every condition."""
    anna, tigran = cast["anna"], cast["tigran"]
    applications.start(companies.builder, kind="new", by=anna, at=cast.clock())
    half = applications.start(companies.builder, kind="new", by=tigran, at=cast.clock(), language="en")
    values = answers(date(2026, 6, 2))["worker"]
    some = {name: values[name] for name in ("given_names", "surname", "nationality", "phone")}
    applications.save_part(half, "worker", some, by=tigran, at=cast.clock())
    filled = a_draft(cast, companies.garment, cast["oleg"], named(1, FULL), language="en")
    attach(cast, filled, cast["oleg"])
    photo = documents.attach(
        filled, picture("фото.jpg", "JPEG"), DocumentKind.PHOTO, by=cast["oleg"], at=cast.clock()
    )
    documents.attach(
        filled, a_file("վարձակալություն.pdf"), DocumentKind.HOUSING, by=cast["oleg"], at=cast.clock()
    )
    closed = SimpleUploadedFile("locked.pdf", locked(), content_type="application/pdf")
    documents.attach(filled, closed, DocumentKind.OTHER, by=cast["oleg"], at=cast.clock())
    cast.clock(2)
    work_files()
    work_open()
    documents.remove(photo, by=cast["oleg"], at=cast.clock())


def decided(cast: Cast, companies: Companies) -> None:
    """Approved, approved at the second try, approved in spite of an open check, refused, revoked."""
    plain = an_application(cast, companies.builder, cast["anna"], FULL)
    late = an_application(cast, companies.garment, cast["oleg"], named(0, FULL), language="en")
    returned = an_application(cast, companies.builder, cast["tigran"], named(1), language="ru")
    refused = an_application(cast, companies.builder, cast["tigran"], named(2), language="en")
    unlawful = an_application(
        cast, companies.garment, cast["oleg"], named(0, {"terms": {"gross_wage": 60_000}}), language="ru"
    )
    overridden = an_application(cast, companies.garment, cast["oleg"], named(3), checked=False)
    triage.screen(cast)
    cast.clock.morning_of(date(2026, 6, 4))
    for file in (plain, late):
        _approve(cast, file)
    proposal(cast, returned, Outcome.APPROVAL)
    decisions.send_back(
        returned,
        "Նայեք ևս մեկ անգամ աշխատավայրին։",
        expected_decision=waiting(returned),
        by=cast["gor"],
        at=cast.clock(),
    )
    decisions.propose(
        returned,
        Outcome.APPROVAL,
        ground="exempt_category",
        reason="Ստուգված է երկրորդ անգամ։",
        expected_submission=newest(returned),
        by=cast["lilit"],
        at=cast.clock(),
    )
    confirm(cast, returned)
    proposal(cast, refused, Outcome.REFUSAL, reason="Подписи работника на договоре нет.")
    confirm(cast, refused)
    _approve(cast, unlawful, justification="Договор исправлен, см. дополнение.")
    review.take(overridden, by=cast["lilit"], at=cast.clock())
    requests = [
        overrides.request_override(
            check, "Պետական պատվիրակություն, սպասել չի կարելի։", by=cast["narine"], at=cast.clock()
        )
        for check in Check.objects.filter(submission__application=overridden, completed_at=None)
    ]
    cast.clock(25 * 60)
    for request in requests:
        overrides.confirm_override(request, by=cast["hayk"], at=cast.clock())
    _approve(cast, overridden)
    # No action revokes a permit yet; the column is there, and the check of a permit reads it.
    Permit.objects.filter(application=late).update(revoked_at=cast.clock())


def under_way(cast: Cast, companies: Companies) -> dict[str, Application]:
    """With the office: taken, released, taken over, asked, answered, proposed; and taken back by the employer."""
    builder, anna = companies.builder, cast["anna"]
    files = {
        name: an_application(cast, builder, anna, named(number, FULL if number % 2 else {}))
        for number, name in enumerate(
            (
                "in_review",
                "released",
                "taken_over",
                "waiting",
                "answered",
                "approval",
                "refusal",
                "withdrawn",
            ),
            start=1,
        )
    }
    answered_twice = an_application(cast, builder, anna, named(2, BLIND), language="en")
    triage.screen(cast)
    cast.clock.morning_of(date(2026, 6, 9))
    review.take(files["in_review"], by=cast["gor"], at=cast.clock())
    opinions.ask(cast, files["in_review"])
    review.take(files["released"], by=cast["gor"], at=cast.clock())
    review.release(files["released"], "Արձակուրդ եմ գնում։", by=cast["gor"], at=cast.clock())
    review.take(files["taken_over"], by=cast["gor"], at=cast.clock())
    take_over(cast, files["taken_over"], "Gor is ill.", "lilit")
    ask(cast, files["waiting"], "Какой этаж? Որտե՞ղ է աշխատավայրը։")
    take_over(cast, files["waiting"], "Ի պաշտոնե փոխանցվել է։", "gor")
    ask(cast, files["withdrawn"], "Please send the second page.")
    applications.withdraw(files["withdrawn"], "The worker found another job.", by=anna, at=cast.clock())
    proposal(cast, files["approval"], Outcome.APPROVAL)
    proposal(cast, files["refusal"], Outcome.REFUSAL, reason="Օրենքի 25-րդ հոդված։")
    for file, changes in (
        (files["answered"], {"gross_wage": 410_000}),
        (answered_twice, {"gross_wage": 55_000, "weekly_hours": 56}),
    ):
        ask(cast, file, "Is the wage before tax?")
        applications.save_part(file, "terms", changes, by=anna, at=cast.clock())
        applications.answer(
            file,
            "Այո՛, նախքան հարկումը։ Да.",
            expected_question=asked(file),
            by=anna,
            at=cast.clock(),
        )
    work_files()
    work_open()
    triage.screen(cast)
    return files


def at_the_end(cast: Cast, companies: Companies) -> None:
    """Filed in the last minutes: nobody has looked into the files, nothing was screened, no letter sent."""
    an_application(cast, companies.garment, cast["oleg"], named(0, LEAST), checked=False)
    an_application(cast, companies.builder, cast["anna"], named(1, BLIND), checked=False)


def ask(cast: Cast, file: Application, text: str) -> None:
    """An officer takes a file and asks its employer."""
    review.take(file, by=cast["lilit"], at=cast.clock())
    read = file.submissions.latest("number").pk
    review.ask(
        file, text, ["terms", "documents"], expected_submission=read, by=cast["lilit"], at=cast.clock()
    )


def proposal(
    cast: Cast, file: Application, outcome: Outcome, reason: str = "", *, justification: str = ""
) -> Decision:
    """An officer takes a file, unless it is in hand, and proposes a decision on the first ground in force."""
    file.refresh_from_db()
    if file.officer_id is None:
        review.take(file, by=cast["lilit"], at=cast.clock())
    return decisions.propose(
        file,
        outcome,
        ground=decisions.grounds(file, outcome)[0].code,
        reason=reason,
        expected_submission=newest(file),
        by=cast["lilit"],
        at=cast.clock(),
        justification=justification,
    )


def take_over(cast: Cast, file: Application, reason: str, officer: str) -> None:
    """An officer goes on in the place of a colleague."""
    steps = file.changes.count()
    review.take_over(file, reason, expected_steps=steps, by=cast[officer], at=cast.clock())


def _approve(cast: Cast, file: Application, *, justification: str = "") -> None:
    proposal(cast, file, Outcome.APPROVAL, justification=justification)
    confirm(cast, file, justification=justification)


def confirm(cast: Cast, file: Application, *, justification: str = "") -> None:
    """A second person makes the proposal final."""
    decisions.confirm(
        file,
        expected_decision=waiting(file),
        by=cast["gor"],
        at=cast.clock(),
        justification=justification,
    )
