"""Looks up the file of a page; 404 when the officer may not read it."""

from django.shortcuts import get_object_or_404

from permits.models import Application
from permits.queries import files_for
from permits.search.numbers import reference_starts
from wpis.accounts.requests import SignedInRequest


def file_or_404(request: SignedInRequest, reference: str) -> Application:
    """The submitted file with this reference, however it is typed. Drafts are the employer's own and raise Http404."""
    meant = {printable(reference), *reference_starts(reference)}
    return get_object_or_404(files_for(request.user), reference__in=meant)


def printable(text: str) -> str:
    """A piece of an address without the NUL bytes that PostgreSQL would answer with an error."""
    return text.replace("\0", "")
