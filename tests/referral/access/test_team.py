"""Need to know: a case is open to its team, and to others for some hours against a reason that the team reads."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import URLPattern
from django.utils import timezone

from referral.access import actions as access
from referral.access.cases import ReasonNeeded, read_case
from referral.cases import actions as cases
from referral.caseworker.urls import urlpatterns
from referral.models import CaseMember, OutsideAccess
from referral.states import MemberKind
from tests.factories.referral import a_case, a_caseworker, a_consent, a_partner, from_outside
from tests.referral.pages import text, url
from tests.walls.behind_addresses import BUILDERS
from wpis.audit.models import AuditEvent
from wpis.errors import Refused

pytestmark = pytest.mark.django_db

OF_A_CASE = [
    pattern.name
    for pattern in urlpatterns
    if isinstance(pattern, URLPattern) and "<uuid:case>" in str(pattern.pattern) and pattern.name != "outside"
]


@pytest.mark.parametrize("name", OF_A_CASE)
def test_every_page_of_a_case_asks_a_colleague_outside_its_team_for_a_reason(protection, name):
    there = BUILDERS[f"referral:{name}"]()
    stranger = protection.sign_in(a_caseworker())
    before = AuditEvent.objects.filter(action="referral.case.read").count()
    for method in (stranger.get, stranger.post):
        answer = method(url(name, *there.values.values()))
        if answer.status_code != 405:
            assert (answer.status_code, answer.headers["Location"]) == (
                302,
                url("outside", there.values["case"]),
            )
    assert AuditEvent.objects.filter(action="referral.case.read").count() == before


def test_the_question_for_a_reason_shows_nothing_of_the_case_but_its_alias_and_caseworker(protection):
    case = a_case(child=True)
    page = protection.sign_in(a_caseworker()).get(url("outside", case.pk))
    assert page.status_code == 200
    assert case.alias in text(page)
    for hidden in ("Child", case.reference, "bakery", "SHARMA", "Hindi", "woman", "recruiter"):
        assert hidden not in text(page)


def test_a_reason_opens_the_case_for_some_hours_and_stands_in_its_history(protection, client_on):
    case, other = a_case(), a_caseworker(name="Gayane Petrosyan")
    desk = protection.sign_in(other)
    assert desk.post(url("outside", case.pk), {"reason": "", "note": "typed"}).status_code == 422
    said = {"reason": "cover", "note": "The person stands at the door."}
    assert desk.post(url("outside", case.pk), said).url == url("case", case.pk)
    assert case.alias in text(desk.get(url("case", case.pk)))
    event = AuditEvent.objects.filter(action="referral.case.read").latest("at")
    assert (event.actor, event.detail) == (other.pk, {"part": "overview", "outside": "cover"})
    event = AuditEvent.objects.get(action="referral.case.read_outside")
    assert event.detail == {"reason": "cover"}, "what was typed is in no audit row"
    page = text(client_on("protection").sign_in(case.caseworker).get(url("history", case.pk)))
    for there in ("Opened from outside the team", "Gayane Petrosyan", "cannot wait", "stands at the door"):
        assert there in page
    row = OutsideAccess.objects.get()
    assert read_case(case.pk, "notes", by=other, at=row.ends_at - timedelta(seconds=1))
    with pytest.raises(ReasonNeeded):
        read_case(case.pk, "notes", by=other, at=row.ends_at)
    with pytest.raises(ReasonNeeded):
        read_case(a_case().pk, "notes", by=other, at=row.at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM referral_outsideaccess")
        assert b"door" not in bytes(cursor.fetchone()[0])


def test_a_named_colleague_reads_without_a_reason_until_removed(protection):
    case, other = a_case(), a_caseworker(name="Gayane Petrosyan")
    desk = protection.sign_in(case.caseworker)
    assert "Gayane Petrosyan" in text(desk.get(url("team", case.pk)))
    assert desk.post(url("team", case.pk), {"colleague": str(other.pk)}).status_code == 302
    assert read_case(case.pk, "notes", by=other, at=timezone.now())
    with pytest.raises(Refused):
        access.record_outside_access(case, "cover", "", by=other, at=timezone.now())
    row = CaseMember.objects.get()
    desk.post(url("remove_member", case.pk, row.pk))
    with pytest.raises(ReasonNeeded):
        read_case(case.pk, "notes", by=other, at=timezone.now())
    page = text(desk.get(url("history", case.pk)))
    assert "Added to the team" in page
    assert "Removed from the team" in page


def test_only_the_caseworker_names_colleagues_and_only_caseworkers(protection):
    case, other = a_case(), a_caseworker()
    from_outside(case, other)
    with pytest.raises(Refused, match="Take it over"):
        access.add_member(case, other, by=other, at=timezone.now())
    for nobody in (a_partner(), a_caseworker(is_active=False), case.caseworker):
        with pytest.raises(Refused, match="Choose a caseworker"):
            access.add_member(case, nobody, by=case.caseworker, at=timezone.now())
    row = access.add_member(case, other, by=case.caseworker, at=timezone.now())
    with pytest.raises(Refused):
        access.remove_member(row, by=other, at=timezone.now())
    page = protection.sign_in(case.caseworker).post(url("team", case.pk), {"colleague": str(other.pk)})
    assert page.status_code == 422


def test_who_lost_a_case_to_a_colleague_keeps_reading_it():
    case, other = a_case(), a_caseworker()
    former = case.caseworker
    cases.take_over(case, "Away.", by=other, at=timezone.now(), expected_caseworker=former.pk)
    assert read_case(case.pk, "history", by=former, at=timezone.now())
    assert CaseMember.objects.get().kind == MemberKind.FORMER


def test_who_takes_a_case_over_does_not_remove_the_colleague_who_had_it(protection):
    case, other = a_case(), a_caseworker()
    former, at = case.caseworker, timezone.now()
    case = cases.take_over(case, "Away.", by=other, at=at, expected_caseworker=former.pk)
    row = CaseMember.objects.get()
    desk = protection.sign_in(other)
    removing = url("remove_member", case.pk, row.pk)
    assert removing not in desk.get(url("team", case.pk)).content.decode()
    assert "They stay in its team" in text(desk.post(removing, follow=True))
    assert read_case(case.pk, "history", by=former, at=at)
    access.remove_member(row, by=other, at=at + timedelta(days=31))
    with pytest.raises(ReasonNeeded):
        read_case(case.pk, "history", by=former, at=at)


def test_a_case_of_an_earlier_release_is_open_to_its_caseworker_and_to_nobody_else():
    case = a_case()
    assert not CaseMember.objects.exists()
    assert read_case(case.pk, "notes", by=case.caseworker, at=timezone.now())
    with pytest.raises(ReasonNeeded):
        read_case(case.pk, "notes", by=a_caseworker(), at=timezone.now())


def test_neither_reasons_nor_members_can_be_changed_in_the_database():
    case, other = a_case(), a_caseworker()
    from_outside(case, other)
    row = access.add_member(case, other, by=case.caseworker, at=timezone.now())
    access.remove_member(row, by=case.caseworker, at=timezone.now())
    for change in (
        lambda: OutsideAccess.objects.update(reason="review"),
        lambda: OutsideAccess.objects.all().delete(),
        lambda: CaseMember.objects.update(removed_at=None, removed_by=None),
        lambda: CaseMember.objects.update(member=case.caseworker),
        lambda: CaseMember.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_preview_covers_what_the_overview_covers_and_shows_it_against_a_reason(protection):
    case = a_case()
    question = ("victim-identification-commission", "identification")
    a_partner(question[0])
    a_consent(case, *question)
    desk = protection.sign_in(case.caseworker)
    page = desk.get(url("preview", case.pk, *question)).content.decode()
    for field in ("full_name", "full_name_hy", "passport_number", "birth_date"):
        if case.person[field] is not None:
            assert case.person[field] not in page, field
        assert url("reveal", case.pk, field) in page
    assert case.person["birth_date"] not in page
    assert "bakery" in page, "what stands on the overview stands here"
    shown = desk.post(url("reveal", case.pk, "passport_number"), {"reason": "identity"})
    assert case.person["passport_number"] in text(shown)
    assert AuditEvent.objects.filter(action="referral.case.reveal", subject=case.pk).count() == 1
