"""Why the permit for what was filed could not be printed: filed before such signs were refused at their field."""

from typing import Any

from django.utils.translation import gettext

from wpis.fonts.coverage import unprintable


def unprintable_in(filed: Any) -> list[str]:
    """The reasons. Of the employer's two names one is enough: the other side of the permit shows the same."""
    names = [filed.employer.name_hy, filed.employer.name_en]
    signs = (
        unprintable(filed.terms.workplace) or (all(map(unprintable, names)) and unprintable(names[0])) or ""
    )
    if not signs:
        return []
    text = gettext(
        "The permit cannot show “%(signs)s”, so it could not be printed. Ask the employer to write it in Latin or "
        "Armenian letters."
    )
    return [text % {"signs": signs}]
