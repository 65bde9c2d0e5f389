"""The people of a release fixture: every role, with the second factor that staff need, in several scripts."""

from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from tests.factories.permits import PASSWORD
from tests.upgrade.clock import Clock
from wpis.accounts.models import User
from wpis.accounts.roles import SURFACE_OF, Role, Surface

PEOPLE: tuple[tuple[str, str, Role, str], ...] = (
    ("anna", "Աննա Պետրոսյան", Role.EMPLOYER, ""),
    ("oleg", "Олег Ёлкин", Role.EMPLOYER, ""),
    ("karim", "كريم الهاشمي", Role.EMPLOYER, ""),
    ("tigran", "Տիգրան Հակոբյան", Role.DELEGATE, ""),
    ("dismissed", "Nune Սարգսյան", Role.DELEGATE, ""),
    ("lilit", "Լիլիթ Գրիգորյան", Role.OFFICER, ""),
    ("gor", "Gor Sargsyan", Role.OFFICER, ""),
    ("narine", "Նարինե Ավետիսյան", Role.SUPERVISOR, ""),
    ("zara", "Զառա Մկրտչյան", Role.ANALYST, ""),
    ("levon", "Levon Danielyan", Role.ANALYST, ""),
    ("anahit", "Անահիտ Կարապետյան", Role.CASEWORKER, ""),
    ("maria", "Мария Оганесян", Role.CASEWORKER, ""),
    ("shelter", "Շուշան Ալեքսանյան", Role.PARTNER, "ngo-shelter"),
    ("police", "Aram Vardanyan", Role.PARTNER, "police-anti-trafficking"),
    ("inspector", "Հովհաննես և Որդի", Role.PARTNER, "labour-inspectorate"),
    ("ombudsman", "Գայանե Ղազարյան", Role.PARTNER, "ombudsman"),
    ("commission", "Рубен Арутюнян", Role.PARTNER, "victim-identification-commission"),
    ("auditor", "Վահե Բաբայան", Role.AUDITOR, ""),
    ("hayk", "Հայկ Մանուկյան", Role.SUPERVISOR, ""),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays, and the clock that they play by."""

    clock: Clock
    users: dict[str, User]

    def __getitem__(self, name: str) -> User:
        return self.users[name]


def gather(clock: Clock) -> Cast:
    """Make every account; one of them was closed since."""
    users = {person[0]: _account(clock, *person) for person in PEOPLE}
    clock()
    closed = _account(clock, "former", "Նախկին աշխատակից", Role.OFFICER, "")
    closed.is_active = False
    closed.save(update_fields=["is_active"])
    clock.morning_of(date(2026, 6, 2))
    return Cast(clock, users)


def _account(clock: Clock, name: str, full_name: str, role: Role, agency: str) -> User:
    clock(1)
    user = User.objects.create_user(
        f"{name}@people.example", PASSWORD, name=full_name, role=role, agency=agency
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if SURFACE_OF[role] != Surface.PORTAL:
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)
    return user
