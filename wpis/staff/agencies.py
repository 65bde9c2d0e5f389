"""The agencies whose members can have accounts, as the installed apps name them (`staff_agencies.py` of an app)."""

from wpis.installed_apps import own_modules


def agency_choices() -> list[tuple[str, str]]:
    """Slug and name of each agency, by name; none where no installed app has agencies that sign in."""
    found = [choice for module in own_modules("staff_agencies") for choice in module.agency_choices()]
    return sorted(found, key=lambda choice: choice[1])
