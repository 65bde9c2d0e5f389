"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "wpis.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Connect to allauth: what follows its changes, our limiter for its limits, our look-up of accounts."""
        from allauth.mfa.signals import authenticator_added

        from wpis.accounts.changing import followed
        from wpis.accounts.middleware import remember_factor
        from wpis.accounts.signing_up.lookup import use_lookup
        from wpis.rate_limits.sign_in import use_limiter

        use_limiter()
        use_lookup()
        authenticator_added.connect(remember_factor)
        followed.connect()
