"""The people of the main job. Run as a program with the owner's environment, it makes their accounts."""

import json
import sys
from dataclasses import dataclass

PASSWORD = "correct-horse-battery-7"
"""Of everybody here. A throw-away stack is gone a minute later."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a job. Without `account` the person makes one on the portal; staff get theirs made."""

    name: str
    role: str
    surface: str
    agency: str = ""
    account: bool = True
    second_factor: bool = True

    @property
    def email(self) -> str:
        """The address that the person signs in with."""
        return self.address("")

    def address(self, walk: str) -> str:
        """The same of a walk that has a name, beside whom others have walked before."""
        return f"{self.name.split()[0].lower()}{walk and '.'}{walk}@example.am"


EMPLOYER = Person("Karine Manukyan", "employer", "portal", account=False, second_factor=False)
OFFICER = Person("Anahit Grigoryan", "officer", "office")
SECOND_OFFICER = Person("Davit Petrosyan", "officer", "office")
ANALYST = Person("Lusine Hakobyan", "analyst", "protection")
CASEWORKER = Person("Mariam Sahakyan", "caseworker", "protection")
PARTNER = Person("Hasmik Vardanyan", "partner", "protection", agency="ngo-shelter")
AUDITOR = Person("Tigran Avetisyan", "auditor", "protection")

PEOPLE = (EMPLOYER, OFFICER, SECOND_OFFICER, ANALYST, CASEWORKER, PARTNER, AUDITOR)


def make(people: tuple[Person, ...], walk: str = "") -> dict[str, str]:
    """Make their accounts as an administrator does; address -> key of the authenticator app.

    Of staff without a second factor the enrolment code stands there, of others nothing.
    """
    from allauth.account.models import EmailAddress
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from wpis import clock
    from wpis.accounts.models import User
    from wpis.second_factor.codes import issue_code

    keys = {}
    for person in people:
        address = person.address(walk)
        user = User.objects.create_user(
            address,
            PASSWORD,
            name=person.name,
            role=person.role,
            agency=person.agency,
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        keys[address] = secret = generate_totp_secret() if person.second_factor else ""
        if secret:
            TOTP.activate(user, secret)
        elif person.surface != "portal":
            keys[address] = issue_code(user, by=None, at=clock.now())
    return keys


if __name__ == "__main__":
    import django

    django.setup()
    (walk,) = sys.argv[1:] or [""]
    sys.stdout.write(json.dumps(make(tuple(person for person in PEOPLE if person.account), walk)))
