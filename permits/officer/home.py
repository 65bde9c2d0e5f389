"""The home page of the office: the queue, or the page of somebody who reads no files."""

from django.http import HttpResponseBase
from django.shortcuts import redirect

from permits import powers
from permits.officer.queue.views import queue
from wpis.accounts.powers import requires
from wpis.accounts.requests import SignedInRequest
from wpis.accounts.roles import Role
from wpis.audit.reading import reads

PAGE_OF = {Role.MANAGER: "officer:figures", Role.OFFICE_ADMINISTRATOR: "staff:accounts"}


@requires(powers.ENTER)
@reads("permits.queue.read")
def front(request: SignedInRequest) -> HttpResponseBase:
    """Show the queue to those who read files; it asks for their power itself."""
    page = PAGE_OF.get(Role(request.user.role))
    return redirect(page) if page else queue(request)
