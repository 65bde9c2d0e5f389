"""Every page about something that an earlier release stored opens for whom it is meant."""

from collections.abc import Iterable

from django.utils import timezone

from alerts.models import Alert, Screening
from permits.models import Application, ApplicationDocument, Employer, Permit
from referral.access.rule import readable_now
from referral.disclosure import presenters
from referral.models import Case, Referral
from tests.conftest import SurfaceClient
from tests.upgrade.restoring import Release
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.documents.models import State as UploadState


def somebody(role: Role, **fields: object) -> User:
    """An account of the old release that can still sign in."""
    return User.objects.filter(role=role, is_active=True, **fields).earliest("joined_at", "id")


def browser(user: User) -> SurfaceClient:
    """Their browser, in Armenian."""
    return SurfaceClient(user.surface, HTTP_ACCEPT_LANGUAGE="hy").sign_in(user)


def closed(reader: SurfaceClient, pages: Iterable[str], *open_with: int) -> list[tuple[str, int]]:
    """Pages that do not open, with what they answered. There must be at least one to look at."""
    answers = [(page, reader.get(page).status_code) for page in pages]
    assert answers
    return [answer for answer in answers if answer[1] not in (open_with or (200,))]


def test_the_officer_opens_every_file(release: Release) -> None:
    desk = browser(somebody(Role.OFFICER))
    files = Application.objects.exclude(reference=None)
    assert closed(desk, ["/", *(f"/files/{file.reference}/" for file in files)]) == []
    for page in ("permit/", "permit.pdf"):
        issued = files.filter(permit__isnull=False)
        assert closed(desk, [f"/files/{file.reference}/{page}" for file in issued]) == []
    companies = Employer.objects.filter(applications__isnull=False).distinct()
    assert closed(desk, [f"/employers/{company.tax_number}/" for company in companies]) == []


def test_the_officer_sees_the_pages_of_checked_files(release: Release) -> None:
    papers = ApplicationDocument.objects.filter(
        upload__state=UploadState.CLEAN, application__permit__isnull=False
    )
    pages = [f"/files/{paper.application.reference}/documents/{paper.pk}/1.png" for paper in papers]
    assert closed(browser(somebody(Role.SUPERVISOR)), pages) == []


def test_employers_follow_their_applications(release: Release) -> None:
    for filer in User.objects.filter(pk__in=Application.objects.values("created_by")):
        own = browser(filer)
        theirs = Application.objects.filter(created_by=filer)
        assert closed(own, ["/", "/applications/", *(f"/applications/{each.pk}/" for each in theirs)]) == []
        permits = theirs.filter(permit__isnull=False)
        if permits:
            assert closed(own, [f"/applications/{each.pk}/permit.pdf" for each in permits]) == []


def test_a_delegate_sees_the_employers_applications_and_a_dismissed_one_does_not(release: Release) -> None:
    delegate, dismissed = (
        User.objects.get(email=f"{name}@people.example") for name in ("tigran", "dismissed")
    )
    others = Application.objects.exclude(created_by=delegate).filter(employer__tax_number="01234567")
    pages = [f"/applications/{each.pk}/" for each in others]
    assert closed(browser(delegate), pages) == []
    assert closed(browser(dismissed), pages, 404) == []


def test_anybody_checks_a_permit(release: Release) -> None:
    visitor = SurfaceClient("portal", HTTP_ACCEPT_LANGUAGE="ru")
    texts = [text for permit in Permit.objects.all() for text in (permit.number, permit.code)]
    assert closed(visitor, [f"/check/{text}" for text in texts]) == []


def test_the_analyst_opens_every_alert(release: Release) -> None:
    alerts = [f"/alerts/{alert.pk}/" for alert in Alert.objects.all()]
    lists = ["/alerts/", "/alerts/not-checked/"]
    desk = browser(somebody(Role.ANALYST))
    assert closed(desk, [*lists, *alerts]) == []
    missed = Screening.objects.filter(state="could_not_check")
    page = desk.get("/alerts/not-checked/").content.decode()
    assert missed
    assert all(str(screening.pk) in page for screening in missed)


def test_the_caseworker_opens_every_case(release: Release) -> None:
    cases = Case.objects.select_related("caseworker")
    for case in cases:
        answer = browser(case.caseworker).get(f"/cases/{case.pk}/")
        assert answer.status_code == 200
        assert case.alias in answer.content.decode()
    for case in cases.order_by("state", "opened_at").distinct("state"):
        pages = ("contact", "notes", "history", "agreements", "sent")
        assert closed(browser(case.caseworker), [f"/cases/{case.pk}/{page}/" for page in pages]) == []
    assert closed(browser(somebody(Role.CASEWORKER)), ["/cases/"]) == []


def test_each_agency_opens_what_was_sent_to_it_and_reads_that_its_time_is_over(release: Release) -> None:
    for partner in User.objects.filter(role=Role.PARTNER, agency__in=Referral.objects.values("agency")):
        desk = browser(partner)
        for item in Referral.objects.filter(agency=partner.agency):
            over = not readable_now(item, at=timezone.now())
            assert over or item.access_until > timezone.now()
            assert over or item.state not in ("declined", "withdrawn")
            answer = desk.get(f"/items/{item.pk}/")
            assert answer.status_code == (410 if over else 200), item.reference
            page = answer.content.decode()
            for field in item.packet:
                assert (str(presenters.title(field)) in page) is not over, (item.reference, field)


def test_the_auditor_turns_every_page_of_the_log(release: Release) -> None:
    desk, pages = browser(somebody(Role.AUDITOR)), AuditEvent.objects.count() // 50 + 1
    read = [desk.get(f"/log/?page={number}") for number in range(1, pages + 1)]
    assert {answer.status_code for answer in read} == {200}
    text = "".join(answer.content.decode() for answer in read)
    assert [action for action in release.expected["audit"] if action not in text] == []
