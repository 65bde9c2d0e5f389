"""What may be done with the audit trail, the accounts of staff and background jobs, and by which roles."""

from wpis.accounts.powers import Power
from wpis.accounts.roles import Role, Surface

READ_LOG = Power.of("log.read", Role.AUDITOR)

# Each surface has its own: an administrator of one has no power on the other.
MANAGE_OFFICE_STAFF = Power.of("office_staff.manage", Role.OFFICE_ADMINISTRATOR)
CONFIRM_OFFICE_STAFF = Power.of("office_staff.confirm", Role.OFFICE_ADMINISTRATOR, Role.SUPERVISOR)
MANAGE_PROTECTION_STAFF = Power.of("protection_staff.manage", Role.PROTECTION_ADMINISTRATOR)
# The second person: only administrators. The other roles of this surface hold what an account is made for.
CONFIRM_PROTECTION_STAFF = Power.of("protection_staff.confirm", Role.PROTECTION_ADMINISTRATOR)

# Only on protection: its database role may change the jobs of every table.
RUN_JOBS = Power.of("jobs.run", Role.PROTECTION_ADMINISTRATOR)

MANAGE_STAFF: dict[str, Power] = {
    Surface.OFFICE: MANAGE_OFFICE_STAFF,
    Surface.PROTECTION: MANAGE_PROTECTION_STAFF,
}
CONFIRM_STAFF: dict[str, Power] = {
    Surface.OFFICE: CONFIRM_OFFICE_STAFF,
    Surface.PROTECTION: CONFIRM_PROTECTION_STAFF,
}
