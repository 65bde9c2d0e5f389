"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "wpis.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to what allauth tells by signal alone: a second factor was set up."""
        from allauth.mfa.signals import authenticator_added

        from wpis.accounts.middleware import remember_factor

        authenticator_added.connect(remember_factor)
