"""The employer's way with scripts turned off: everything is links and forms."""

import pytest

from tests.journeys.accounts import WITHOUT_SCRIPTS
from tests.journeys.filing import file, register

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
