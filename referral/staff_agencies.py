"""The agencies whose members sign in here: what an administrator of accounts can choose for a partner."""

from referral.agencies.directory import agencies
from referral.agencies.presenters import agency_name


def agency_choices() -> list[tuple[str, str]]:
    """Slug and name of each receiving agency."""
    return [(slug, agency_name(slug)) for slug in agencies()]
