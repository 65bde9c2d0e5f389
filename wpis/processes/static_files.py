"""Finds the static files that libraries bring and that a page of ours asks for; the rest of theirs is not served."""

from collections.abc import Iterable

from django.contrib.staticfiles.finders import AppDirectoriesFinder


class SignInFinder(AppDirectoriesFinder):
    """The scripts of the sign-in pages. Libraries bring far more, among it words that no open bundle may hold."""

    def __init__(self, app_names: Iterable[str] | None = None) -> None:
        super().__init__(("allauth.account", "allauth.mfa") if app_names is None else tuple(app_names))
