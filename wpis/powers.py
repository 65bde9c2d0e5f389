"""What may be done with the audit trail, and by which roles."""

from wpis.accounts.powers import Power
from wpis.accounts.roles import Role

READ_LOG = Power.of("log.read", Role.AUDITOR)
