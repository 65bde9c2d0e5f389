"""Cases in every state, with answers, referrals and notes of every kind."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from alerts.models import Alert
from referral.access import actions as access
from referral.cases import actions as cases
from referral.cases.closing import actions as closing
from referral.consent import actions as consents
from referral.models import Case, ClosingProposal, Consent, Referral
from referral.referrals import actions as referrals
from referral.states import Answer, CaseOutcome, HowGiven, Interviewer, NoteKind, OutsideReason
from referral.tasks import work_reminders
from tests.factories import referral as make
from tests.upgrade.stories.cast import Cast

ENDED = {
    CaseOutcome.DECLINED: "Երկու մարմին էլ հրաժարվեց։",
    CaseOutcome.LABOUR_RIGHTS: "Зарплата выплачена, остальное в порядке.",
    CaseOutcome.IDENTIFIED: "Recognised by the commission.",
    CaseOutcome.NOT_IDENTIFIED: "Հանձնաժողովը չի ճանաչել։",
    CaseOutcome.NO_CONCERN: "تحدثنا مع الشخص ولا يوجد ما يقلق.",
}
"""Cases that end after a talk, by outcome; the others end below."""

NAMES = [
    *("open", "talked", "in_contact", "referred", "overdue", "answered", "on_hold"),
    *("closed", "unwilling", "reopened", *ENDED, "child"),
]
"""The stories below, one confirmed alert each."""

CONTACT: tuple[dict[str, str], ...] = (
    {"how": "Աբովյան փողոցի հացատան միջոցով", "when": "Կիրակի՝ 14:00-ից հետո", "say": "Լեզվի դասընթացի մասին է։",
     "language": "hi", "interviewer_wish": Interviewer.WOMAN},
    {"how": "Через соседку на третьем этаже", "when": "Вторник после 19:00", "say": "По поводу курсов языка.",
     "language": "ru", "interviewer_wish": Interviewer.MAN},
    {"how": "عن طريق المخبز في شارع أبوفيان", "when": "Sunday", "say": "بخصوص دورة اللغة",
     "language": "ar", "interviewer_wish": Interviewer.ANYBODY},
)  # fmt: skip


def live(cast: Cast, alerts: dict[str, Alert]) -> dict[str, Case]:
    """Open a case for every alert but the ones that still wait for one, and let each go its way."""
    cast.clock.morning_of(date(2026, 6, 22))
    found = {}
    for number, name in enumerate(NAMES):
        case = cases.open_case(alerts[name].pk, by=cast["anahit"], at=cast.clock())
        if name != "open":
            contact = cases.SafeContact(**CONTACT[number % len(CONTACT)])
            case = cases.set_safe_contact(case, contact, by=cast["anahit"], at=cast.clock()).case
        found[name] = case
    _talk(cast, found)
    _ask_and_send(cast, found)
    _answer(cast, found)
    _go_on(cast, found)
    return found


def _talk(cast: Cast, found: dict[str, Case]) -> None:
    by, clock = cast["anahit"], cast.clock
    cases.add_note(
        found["open"], NoteKind.NOTE, "Սպասում ենք թարգմանչին։ Ждём переводчика.", by=by, at=clock()
    )
    cases.add_note(
        found["in_contact"], NoteKind.TRIED, "لم يحضر أحد إلى المكان المتفق عليه.", by=by, at=clock()
    )
    for name in NAMES[1:]:
        cases.add_note(found[name], NoteKind.REACHED, "Առաջին զրույցը՝ առանց շտապելու։", by=by, at=clock())
    cases.hold(found["on_hold"], "Մարդը խնդրել է ժամանակ տալ։", by=by, at=clock())
    cases.take_over(
        found["in_contact"],
        "Անահիտն արձակուրդում է։",
        expected_caseworker=by.pk,
        by=cast["maria"],
        at=clock(),
    )


def consent(cast: Cast, case: Case, agency: str, purpose: str, **reply: Any) -> Consent:
    """The person's answer, recorded by the caseworker of the case."""
    body, use = make.the_purpose(agency, purpose)
    changes = {"valid_until": timezone.localdate() + timedelta(days=90), **reply}
    case.refresh_from_db()
    return consents.record(case, body, use, make.a_reply(use, **changes), by=case.caseworker, at=cast.clock())


def send(cast: Cast, case: Case, agency: str, purpose: str, reason: str = "") -> Referral:
    """Send what a preview shows."""
    case.refresh_from_db()
    return make.send(case, agency, purpose, at=cast.clock(), reason=reason)


def _ask_and_send(cast: Cast, found: dict[str, Case]) -> None:
    clock = cast.clock
    clock.morning_of(date(2026, 6, 24))
    consent(
        cast, found["in_contact"], "ombudsman", "complaint", answer=Answer.NOT_NOW, how_given=HowGiven.BY_SIGN
    )
    for name in ("referred", "overdue", "answered", "closed", "unwilling", "child"):
        consent(
            cast,
            found[name],
            "ngo-shelter",
            "shelter",
            interpreter="Ռեեստրի թարգմանիչ",
            how_given=HowGiven.SIGNED,
        )
        send(cast, found[name], "ngo-shelter", "shelter")
    consent(cast, found["answered"], "labour-inspectorate", "labour_rights", how_given=HowGiven.AUDIO)
    send(cast, found["answered"], "labour-inspectorate", "labour_rights")
    consent(cast, found["answered"], "victim-identification-commission", "identification")
    send(cast, found["answered"], "victim-identification-commission", "identification")
    consent(cast, found["child"], "police-anti-trafficking", "investigation", answer=Answer.NO)
    send(
        cast,
        found["child"],
        "police-anti-trafficking",
        "danger",
        reason="Կյանքին սպառնացող վտանգ։ Опасность.",
    )
    send(
        cast,
        found["child"],
        "labour-inspectorate",
        "inspection",
        reason="Nothing about the person is shared.",
    )
    # An answer that ran out since: the item closed with it.
    consent(
        cast,
        found["reopened"],
        "ngo-shelter",
        "legal_help",
        valid_until=timezone.localdate() + timedelta(days=1),
    )
    send(cast, found["reopened"], "ngo-shelter", "legal_help")


def _of(case: Case, agency: str) -> Referral:
    return Referral.objects.filter(case=case, agency=agency).latest("sent_at")


def _answer(cast: Cast, found: dict[str, Case]) -> None:
    shelter, clock = cast["shelter"], cast.clock
    for name in ("answered", "closed", "child"):
        referrals.accept(_of(found[name], "ngo-shelter"), by=shelter, at=clock())
    for name in ("unwilling", "reopened"):
        referrals.decline(
            _of(found[name], "ngo-shelter"), "Տեղ չկա այս ամիս։ Мест нет.", by=shelter, at=clock()
        )
    referrals.accept(_of(found["answered"], "labour-inspectorate"), by=cast["inspector"], at=clock())
    referrals.accept(
        _of(found["answered"], "victim-identification-commission"), by=cast["commission"], at=clock()
    )
    referrals.accept(_of(found["child"], "police-anti-trafficking"), by=cast["police"], at=clock())
    referrals.decline(
        _of(found["child"], "labour-inspectorate"), "Outside our reach.", by=cast["inspector"], at=clock()
    )
    referrals.record_outcome(
        _of(found["closed"], "ngo-shelter"),
        "support_given",
        "Աջակցությունը սկսված է։ يتم تقديم الدعم",
        by=shelter,
        at=clock(),
    )
    referrals.record_outcome(
        _of(found["answered"], "labour-inspectorate"), "wages_paid", "", by=cast["inspector"], at=clock()
    )
    # The person takes one consent back: an open item is withdrawn, one that was dealt with can no longer be read.
    for name, agency in (("referred", "ngo-shelter"), ("answered", "labour-inspectorate")):
        given = found[name].consents.get(agency=agency)
        consents.withdraw(given, by=given.case.caseworker, at=clock())
    consent(cast, found["referred"], "ombudsman", "complaint")
    send(cast, found["referred"], "ombudsman", "complaint")
    clock(2)
    work_reminders()


def _go_on(cast: Cast, found: dict[str, Case]) -> None:
    by, clock = cast["anahit"], cast.clock
    clock.morning_of(date(2026, 6, 29))
    work_reminders()  # the time for an answer of "overdue" ran out, its caseworker is told
    cases.close(found["closed"], CaseOutcome.ACCEPTED, "Ապաստարանը հոգ է տանում։", by=by, at=clock())
    cases.close(
        found["unwilling"], CaseOutcome.PERSON_DECLINED, "The person knows whom to call.", by=by, at=clock()
    )
    cases.close(found["reopened"], CaseOutcome.NOT_IDENTIFIED, "Разговор состоялся.", by=by, at=clock())
    for outcome, reason in ENDED.items():
        cases.close(found[outcome], outcome, reason, by=by, at=clock())
    _with_a_second_person(cast, found)
    cases.reopen(found["reopened"], "Նոր տեղեկություն կա։", by=cast["maria"], at=clock())
    cases.hold(found["reopened"], "Սպասում ենք պատասխանի։", by=cast["maria"], at=clock())
    cases.resume(found["reopened"], "Պատասխանը եկավ։", by=cast["maria"], at=clock())


def _with_a_second_person(cast: Cast, found: dict[str, Case]) -> None:
    """A closing in every state, a colleague named and removed, and a reading from outside the team."""
    by, second, clock = cast["anahit"], cast["maria"], cast.clock
    access.record_outside_access(
        found[CaseOutcome.NO_CONCERN], OutsideReason.SECOND_PERSON, "Անահիտը խնդրել է։", by=second, at=clock()
    )
    proposed = ClosingProposal.objects.get(case=found[CaseOutcome.NO_CONCERN])
    closing.confirm(proposed, by=second, at=clock())
    for name, end in (("open", "refused"), ("talked", "taken back"), ("on_hold", "")):
        row = closing.propose(found[name], CaseOutcome.NO_CONCERN, "Кажется, всё хорошо.", by=by, at=clock())
        if end == "refused":
            closing.refuse(row, "Ո՞վ է խոսել անձի հետ։", by=second, at=clock())
        elif end:
            closing.take_back(row, by=by, at=clock())
    named = access.add_member(found["open"], second, by=by, at=clock())
    access.remove_member(named, by=by, at=clock())
    access.add_member(found["open"], second, by=by, at=clock())


def written_last(cast: Cast, case: Case) -> None:
    """A referral of the last minute, whose letter and clock still wait."""
    consent(cast, case, "ngo-shelter", "legal_help")
    send(cast, case, "ngo-shelter", "legal_help")
