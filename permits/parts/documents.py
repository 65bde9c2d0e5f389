"""The documents: a part of the form without fields; which files are needed is said by their kinds."""

from django.utils.translation import gettext_lazy as _

from permits.parts.declaration import Part

DOCUMENTS = Part(name="documents", title=_("Documents"), heading=_("Documents"))
