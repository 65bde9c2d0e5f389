"""Addresses that every surface has: sign-in, language, health."""

from django.urls import include, path

from wpis.accounts import views as accounts
from wpis.accounts.own import views as own
from wpis.accounts.signing_up.views import email_code
from wpis.processes import health
from wpis.second_factor.views import RemoveKeyView, ReplaceTOTPView
from wpis.ui.views import set_language

urlpatterns = [
    # In place of allauth's views, and one beside them.
    path("accounts/password/change/", accounts.change_password, name="account_change_password"),
    path("accounts/2fa/recovery-codes/", accounts.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "accounts/2fa/recovery-codes/download/",
        accounts.recovery_codes_file,
        name="mfa_download_recovery_codes",
    ),
    path("accounts/2fa/totp/replace/", ReplaceTOTPView.as_view(), name="replace_totp"),
    path("accounts/2fa/webauthn/keys/<int:pk>/remove/", RemoveKeyView.as_view(), name="mfa_remove_webauthn"),
    path("accounts/confirm-email/", email_code, name="account_email_verification_sent"),
    path("accounts/", include("allauth.urls")),
    path("account/", own.account, name="account"),
    path("account/sessions/end/", own.end_others, name="end_other_sessions"),
    path("session/", accounts.stay, name="stay"),
    path("session/signed-in/", accounts.signed_in, name="signed_in"),
    path("language/", set_language, name="set_language"),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("metrics", health.metrics),
]

handler400 = "wpis.ui.errors.bad_request"
handler403 = "wpis.ui.errors.not_found"
handler404 = "wpis.ui.errors.not_found"
handler429 = "wpis.ui.errors.too_many_requests"  # of allauth
handler500 = "wpis.ui.errors.server_error"
