"""What may be done with permits, and by which roles."""

from wpis.accounts.powers import Power
from wpis.accounts.roles import Role

# --- employers -------------------------------------------------------------------------------------
REGISTER_EMPLOYER = Power.of("employer.register", Role.EMPLOYER)
FILE = Power.of("application.file", Role.EMPLOYER, Role.DELEGATE)
NAME_DELEGATES = Power.of("employer.delegates", Role.EMPLOYER)

# --- the office ------------------------------------------------------------------------------------
ENTER = Power.of("office.enter", Role.OFFICER, Role.SUPERVISOR, Role.MANAGER, Role.OFFICE_ADMINISTRATOR)
READ_FIGURES = Power.of("figures.read", Role.MANAGER, Role.SUPERVISOR)
READ_FILES = Power.of("application.read", Role.OFFICER, Role.SUPERVISOR)
TAKE = Power.of("application.take", Role.OFFICER, Role.SUPERVISOR)
ASK = Power.of("application.ask", Role.OFFICER, Role.SUPERVISOR)
PROPOSE = Power.of("decision.propose", Role.OFFICER, Role.SUPERVISOR)
CONFIRM = Power.of("decision.confirm", Role.OFFICER, Role.SUPERVISOR)
VERIFY = Power.of("employer.verify", Role.OFFICER, Role.SUPERVISOR)
RECONSIDER = Power.of("employer.reconsider", Role.SUPERVISOR)
REQUEST_OPINION = Power.of("opinion.request", Role.OFFICER, Role.SUPERVISOR)
# Until the agencies sign in themselves: what they wrote is recorded by a supervisor, never by the file's officer.
RECORD_OPINION = Power.of("opinion.record", Role.SUPERVISOR)
OVERRIDE = Power.of("decision.override", Role.SUPERVISOR)
