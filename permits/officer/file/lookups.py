"""Finds the file that a page is about; what the officer may not read does not exist."""

from django.shortcuts import get_object_or_404

from permits.models import Application
from permits.queries import files_for
from wpis.accounts.requests import SignedInRequest


def file_or_404(request: SignedInRequest, reference: str) -> Application:
    """The submitted file with this reference. Drafts are the employer's own and raise Http404."""
    return get_object_or_404(files_for(request.user), reference=printable(reference))


def printable(text: str) -> str:
    """A piece of an address without the NUL bytes that PostgreSQL would answer with an error."""
    return text.replace("\0", "")
