"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "wpis.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Connect to allauth: what follows its changes, and our limiter for its limits."""
        from allauth.mfa.signals import authenticator_added

        from wpis.accounts.changing import followed
        from wpis.accounts.middleware import remember_factor
        from wpis.rate_limits.sign_in import use_limiter

        use_limiter()
        authenticator_added.connect(remember_factor)
        followed.connect()
