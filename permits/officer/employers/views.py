"""The page of an employer for officers: its data and its files."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from permits import powers
from permits.models import Employer
from permits.officer.file.lookups import printable
from permits.officer.queue.keyset import page_of, row_of
from permits.officer.queue.listing import COLUMNS, lines
from permits.officer.rendering import show
from permits.queries import files_for
from wpis import clock
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.audit import trail
from wpis.audit.reading import reads


@requires(powers.READ_FILES)
@require_safe
@reads("permits.employer.read")
def employer(request: SignedInRequest, tax_number: str) -> HttpResponse:
    """The employer's data as registered, and its files, newest first."""
    company = get_object_or_404(Employer, tax_number=printable(tax_number))
    files = files_for(request.user).filter(employer=company).only(*COLUMNS)
    page = page_of(
        files,
        ("-submitted_at", "pk"),
        after=row_of(request.GET, "after"),
        before=row_of(request.GET, "before"),
    )
    trail.record_list(
        "permits.employer.read", by=request.user, subject=company, shown=[row.pk for row in page.rows]
    )
    return show(
        request, "employers/employer", employer=company, lines=lines(page.rows, clock.today()), page=page
    )
