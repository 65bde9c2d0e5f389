"""The language switcher; it works as a plain form on every page."""

from django.views.decorators.http import require_POST
from django.views.i18n import set_language

set_language_view = require_POST(set_language)
"""Keep the chosen language in a cookie for this visit and go back to `next`, a page of this site."""
