"""What every page of a decision shows above its form: who the file is about, and what speaks against an approval."""

from typing import Any

from permits.assessment.assess import Assessment
from permits.officer.file.identity import identity_of


def standing(found: Assessment) -> dict[str, Any]:
    """The identity and the adverse facts of a file, for the template of a page."""
    return {"identity": identity_of(found), "assessment": found}
