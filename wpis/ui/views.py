"""The language switcher: a plain form on every page, which works without scripts."""

from django.views import i18n
from django.views.decorators.http import require_POST

from wpis.accounts.powers import public

set_language = public("everybody reads in their own language")(require_POST(i18n.set_language))
"""Keep the chosen language in a cookie for this visit and go back to `next`, a page of this site."""
