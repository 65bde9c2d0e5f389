"""The journeys without JavaScript: everything works with links and forms."""

import pytest

from tests.journeys.accounts import WITHOUT_SCRIPTS
from tests.journeys.steps import programs
from tests.journeys.steps.filing import file, register
from tests.smoke import people

pytestmark = pytest.mark.browser


def test_an_employer_registers_files_and_reads_the_status_without_javascript(stranger, stack):
    employer = stranger("portal", looking=False, java_script_enabled=False)
    register(employer, WITHOUT_SCRIPTS, stack.state / "mail", tax_number="03456789")
    reference = file(employer)
    employer.go("/applications/")
    employer.reads(reference, "In review")
    employer.page.get_by_role("button", name="Sign out").click()
    employer.go("/applications/")
    employer.reads("Sign in")


def test_a_partner_makes_and_ends_a_token_without_javascript(stranger, keys):
    partner = stranger("protection", looking=False, java_script_enabled=False)
    partner.key = keys[people.PARTNER.email]
    partner.sign_in(people.PARTNER, partner.key)  # in a session of its own: no proof of before counts
    partner.go("/")
    assert programs.make_token(partner).startswith("wpt_")
    partner.press("Revoke")
    partner.reads("The token is revoked", "There is no token.")
