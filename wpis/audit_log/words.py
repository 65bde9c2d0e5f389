"""The words for audit actions, collected from the `audit_actions.py` of every installed app."""

from django.utils.functional import Promise

from wpis.installed_apps import own_modules

Words = dict[str, str | Promise]


def words() -> Words:
    """Action -> words, of every app in this process; an app that is not installed here adds nothing."""
    return {
        action: told for module in own_modules("audit_actions") for action, told in module.ACTIONS.items()
    }
