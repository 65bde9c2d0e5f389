"""The page of a tax number for officers: the companies registered under it, and their files."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from permits import powers
from permits.officer.employers.listing import claims_of
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
    """What accounts have registered under this tax number, the verified one first, and their files, newest first."""
    found = list(claims_of(printable(tax_number)))
    if not found:
        raise Http404
    files = files_for(request.user).filter(employer__in=found).only(*COLUMNS)
    page = page_of(
        files,
        ("-submitted_at", "pk"),
        after=row_of(request.GET, "after"),
        before=row_of(request.GET, "before"),
    )
    for company in found:
        shown = [row.pk for row in page.rows if row.employer_id == company.pk]
        trail.record_list("permits.employer.read", by=request.user, subject=company, shown=shown)
    return show(
        request,
        "employers/employer",
        employer=found[0],
        companies=found,
        lines=lines(page.rows, clock.today()),
        page=page,
    )
