"""What may be done on the protection desk, and by which roles."""

from wpis.accounts.powers import Power
from wpis.accounts.roles import Role

ENTER = Power.of(
    "desk.enter",
    *(Role.ANALYST, Role.CASEWORKER, Role.PARTNER, Role.AUDITOR),
    Role.PROTECTION_ADMINISTRATOR,  # redirected to the accounts; reads nothing of the desks
)
WORK = Power.of("case.work", Role.CASEWORKER)
RECEIVE = Power.of("item.receive", Role.PARTNER)
ANSWER = Power.of("case.answer", Role.CASEWORKER, Role.PARTNER)
