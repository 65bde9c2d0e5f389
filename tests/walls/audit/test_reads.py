"""Wall: reading. Every address of every surface declares which reading it records, or stands here with a reason.

Each is opened with a real object behind it: what it declares must stand in the audit trail afterwards, and what
declares nothing must show nobody. A new page joins by itself.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from alerts.screening.batch import screen_waiting
from permits.actions import tokens
from permits.models import Worker
from referral.api.tokens import actions as partner_tokens
from referral.models import Case
from tests.factories import permits as make
from tests.factories import referral as desk
from tests.factories.screening import DEBT
from tests.referral.api.conftest import with_factor
from tests.walls import behind_addresses as behind
from tests.walls.addresses import Address
from tests.walls.behind_addresses import Behind
from tests.walls.test_roles import an_account, builder_of, guarded, ours, with_values
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.audit.reading import WITH_CONTENT

pytestmark = pytest.mark.django_db

FORM = "an empty form; what is done with it is recorded"
OWN = "shows the account's own things only"
NOBODY = "shows nobody"
ANSWER = "a form; of the item it shows reference and purpose, as the list does"

EXCEPTIONS: dict[tuple[str, str], str] = {
    ("portal", ""): "to strangers an introduction; to employers a list, which it records (see below)",
    ("portal", "applications/start/"): "names the account's own companies to choose one of",
    ("portal", "companies/"): "names the account's own companies",
    ("portal", "companies/register/"): FORM,
    ("portal", "occupations/"): "titles of the classification",
    ("portal", "invitations/"): "names the companies that have invited the account itself",
    ("portal", "check/"): "asks for a number; what it then shows is recorded (see below)",
    ("portal", "check/keys.json"): "public keys",
    (
        "portal",
        "check/<str:text>",
    ): "open to all: what it shows of a permit is recorded within bounds (see below)",
    ("portal", "api/schema"): NOBODY,
    ("portal", "help/"): NOBODY,
    ("office", "figures/"): "numbers, and nobody's name",
    ("office", "enrol/"): OWN,
    ("office", "help/"): NOBODY,
    ("office", "staff/invite/"): FORM,
    ("protection", ""): "redirects everybody to their own pages",
    ("protection", "api/schema"): NOBODY,
    (
        "protection",
        "items/<uuid:item>/decline/",
    ): ANSWER,
    (
        "protection",
        "items/<uuid:item>/outcome/",
    ): ANSWER,
    ("protection", "enrol/"): OWN,
    ("protection", "help/"): NOBODY,
    ("protection", "staff/invite/"): FORM,
    ("protection", "staff/jobs/"): NOBODY,
    ("protection", "staff/jobs/<uuid:job>/<slug:step>/"): NOBODY,
    **{
        (surface, pattern): reason
        for surface in ("portal", "office", "protection")
        for pattern, reason in {
            "accounts/confirm-email/": "asks for the code of a letter to the person's own address",
            "accounts/password/change/": OWN,
            "accounts/2fa/recovery-codes/": "shows one's own recovery codes, which it records",
            "accounts/2fa/recovery-codes/download/": "the same as a file",
            "accounts/2fa/totp/replace/": OWN,
            "accounts/2fa/webauthn/keys/<int:pk>/remove/": OWN,
            "account/": OWN,
            "account/sessions/end/": OWN,
            "session/": "says how long one's own session lasts",
            "session/signed-in/": OWN,
            "language/": NOBODY,
            "health/live": NOBODY,
            "health/ready": NOBODY,
            "metrics": "numbers, and nobody's name",
        }.items()
    },
}
"""(surface, pattern) -> why a page that declares nothing records nothing. Reviewed; none may show a stranger's name."""


def an_own_application() -> Behind:
    return behind._of_application(make.a_submitted_application)


def files_of_the_office() -> Behind:
    make.a_submitted_application()
    behind.a_request_for_an_override()
    return Behind({}, behind._staff())


def everything_of_protection() -> Behind:
    item, partner = desk.a_referral()
    make.a_submitted_application(**DEBT)
    screen_waiting(timezone.now())
    behind.a_request_for_an_override()
    with_factor(partner)
    partner_tokens.issue("case system", by=partner, at=timezone.now())
    return Behind({}, {Role.CASEWORKER: item.case.caseworker, Role.PARTNER: partner})


LISTS: dict[str, Callable[[], Behind]] = {
    "portal": an_own_application,
    "office": files_of_the_office,
    "protection": everything_of_protection,
}
"""Surface -> what stands in the lists of its addresses without arguments."""

MUST_SHOW = {
    *("officer:queue", "officer:overrides", "staff:accounts", "employer:applications"),
    *("alerts:queue", "alerts:overrides", "referral:inbox", "referral:partner_inbox", "referral:tokens"),
}
"""Lists in which somebody stands when they are opened here, and whose events must say who."""

TAB = {"referral:inbox": "?tab=mine"}


def key_of(address: Address) -> tuple[str, str]:
    return address.surface, address.pattern


def personal(text: str, reader: User | None) -> list[str]:
    """Everything in the text that names somebody else: workers by name and passport, accounts by name and address."""
    found: set[str] = set()
    for worker in Worker.objects.all():
        found |= {worker.surname, worker.given_names, worker.surname_hy, str(worker.passport_number)}
    for case in Case.objects.all():
        found |= {
            str(case.person[name]) for name in ("full_name", "passport_number") if case.person.get(name)
        }
    for user in User.objects.all():
        if user != reader:
            found |= {user.email, user.name} - {getattr(reader, "name", "")}
    return sorted(one for one in found if len(one) > 3 and one in text)


def someone(address: Address, built: Behind) -> User:
    """An account that may open the page, and to which what stands behind it belongs."""
    roles = [Role(role) for role in address.roles]
    role = next((role for role in roles if role in built.people), roles[0])
    return built.people.get(role) or an_account(role)


def opened(client: Any, path: str, **headers: Any) -> tuple[Any, list[AuditEvent]]:
    """The answer, and the events that it left."""
    before = set(AuditEvent.objects.values_list("pk", flat=True))
    answer = client.get(path, **headers)
    return answer, list(AuditEvent.objects.exclude(pk__in=before))


def assert_recorded(address: Address, answer: Any, events: list[AuditEvent], reader: User) -> None:
    body = answer.content.decode("utf-8", "replace")
    if not address.reads:
        assert key_of(address) in EXCEPTIONS, (
            "declare what it records (`@reads`), or say here why it need not"
        )
        assert personal(body, reader) == [], "it names somebody, so it must record whom"
        return
    assert key_of(address) not in EXCEPTIONS
    assert answer.status_code in (200, *WITH_CONTENT), "a page that is not opened proves nothing"
    kept = [event for event in events if event.action in address.reads]
    assert len(kept) == 1, "one reading, one event"
    assert kept[0].actor == reader.pk
    assert kept[0].subject or "shown" in kept[0].detail or kept[0].action == "audit.log.read"
    for event in events:
        assert personal(json.dumps(event.detail), reader) == [], "the trail names nobody"
    if address.name in MUST_SHOW:
        assert kept[0].detail["shown"]


@pytest.mark.parametrize(
    "address", guarded(by_token=False), ids=lambda a: f"{a.surface}:{a.name or a.pattern}"
)
def test_a_page_records_what_it_declares_and_shows_nobody_when_it_declares_nothing(
    address: Address, client_on: Any
) -> None:
    build = builder_of(address) if address.converters else LISTS[address.surface]
    assert build is not None
    built = build()
    reader = someone(address, built)
    path = with_values(address, built.values) + TAB.get(address.name, "")
    answer, events = opened(client_on(address.surface).sign_in(reader), path)
    if answer.status_code == 405:  # a step without a page
        assert key_of(address) not in EXCEPTIONS
        return
    assert_recorded(address, answer, events, reader)


@pytest.mark.parametrize(
    "address",
    [a for a in guarded(by_token=True) if a.name not in ("items:schema", "api:schema")],
    ids=lambda a: a.name,
)
def test_an_interface_for_programs_records_what_it_answers(address: Address, client_on: Any) -> None:
    if address.surface == "portal":
        people = behind._filers()
        company, reader = behind._company(people), people[Role.EMPLOYER]
        values: dict[str, Any] = {"pk": make.a_submitted_application(company, reader).pk}
        token, secret = tokens.issue(company, "payroll", by=reader, at=timezone.now())
        key = token.pk
    else:
        item, reader = desk.a_referral()
        values = {"item": item.pk}
        own, secret = partner_tokens.issue("case system", by=with_factor(reader), at=timezone.now())
        key = own.pk
    client = client_on(address.surface)
    answer, events = opened(
        client, with_values(address, values), headers={"Authorization": f"Bearer {secret}"}
    )
    if answer.status_code == 405:
        return
    assert_recorded(address, answer, events, reader)
    (event,) = events
    assert event.detail["token"] == str(key), "which program read it"


def test_the_exceptions_are_addresses_that_exist() -> None:
    assert EXCEPTIONS.keys() <= {key_of(address) for address in ours()}


def test_what_is_guarded_by_no_power_declares_or_is_an_exception() -> None:
    open_ones = [address for address in ours() if not address.roles]
    assert open_ones
    assert [a for a in open_ones if not a.reads and key_of(a) not in EXCEPTIONS] == []


def test_the_front_page_of_an_employer_is_a_list_that_is_recorded(portal: Any) -> None:
    built = an_own_application()
    boss = built.people[Role.EMPLOYER]
    assert opened(portal, "/")[1] == [], "an introduction"
    _answer, (event,) = opened(portal.sign_in(boss), "/")
    assert (event.action, event.actor) == ("permits.applications.read", boss.pk)
    assert event.detail["shown"] == [str(built.values["pk"])]


def test_what_the_public_check_shows_of_a_permit_is_recorded_once_for_a_network(portal: Any) -> None:
    permit = make.a_permit()
    answer, (event,) = opened(portal, f"/check/{permit.number}")
    assert permit.number.encode() in answer.content or answer.status_code == 200
    assert (event.action, event.actor, event.subject) == ("permits.permit.check", None, permit.pk)
    assert "127.0.0.1" not in json.dumps(event.detail)
    assert opened(portal, f"/check/{permit.number}")[1] == []
    assert opened(portal, "/check/P-0000000000000")[1] == [], "nothing was shown"
