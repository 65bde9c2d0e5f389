"""What may be done with alerts, and by which roles."""

from wpis.accounts.powers import Power
from wpis.accounts.roles import Role

READ = Power.of("alert.read", Role.ANALYST, Role.AUDITOR)
TRIAGE = Power.of("alert.triage", Role.ANALYST)
SECOND = Power.of("alert.second", Role.ANALYST)
RETRY = Power.of("screening.retry", Role.ANALYST)
PUBLISH = Power.of("ruleset.publish", Role.ANALYST)
HAND_OVER = Power.of("alert.hand_over", Role.CASEWORKER)
RECORD_OUTCOME = Power.of("alert.outcome", Role.CASEWORKER, Role.PARTNER)
