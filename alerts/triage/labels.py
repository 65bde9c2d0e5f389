"""Words for what stands elsewhere as data: the patterns of typologies.yaml."""

from django.utils.translation import gettext_noop

# Marked so that translators find them; tests/alerts/rules/test_typologies.py compares them with the file.
TITLES = (
    gettext_noop("The person may be a child"),
    gettext_noop("A debt may tie the worker to the job"),
    gettext_noop("The worker may be left with too little"),
    gettext_noop("Somebody else may control the wages"),
    gettext_noop("One hand may control job, housing and contact"),
    gettext_noop("The worker may not know what was signed"),
    gettext_noop("A network may house many workers"),
    gettext_noop("The employer may exist on paper only"),
)
