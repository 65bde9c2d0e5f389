"""The interface of an agency for programs: list what was sent to it, read one item, answer it."""

from collections.abc import Callable, Sequence
from functools import wraps
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from referral import powers
from referral.access.referrals import read_referral, readable_by, received_by
from referral.access.rule import readable_now
from referral.api import describe, serializers
from referral.api.authentication import MemberAuthentication
from referral.models import ApiRequest, Referral
from referral.referrals import actions as referrals
from referral.states import ReferralState
from wpis import clock
from wpis.accounts.models import User
from wpis.api.errors import problem
from wpis.api.idempotency import once
from wpis.api.strict import Pages
from wpis.api.views import ProgramView
from wpis.audit import trail

FINISHED = (ReferralState.DECLINED, ReferralState.COMPLETED)
"""States that the agency itself brought about with its last answer."""


class View(ProgramView):
    """Base: everything is limited to the agency of the token's maker, by the same queries as on the pages."""

    authentication_classes = [MemberAuthentication]
    power = powers.RECEIVE
    answers = ApiRequest

    @property
    def by(self) -> User:
        """The person who made the token."""
        user = self.request.user
        assert isinstance(user, User)
        return user


def of_readable_referral(handler: Callable[..., Response]) -> Callable[..., Response]:
    """Call the handler with the item of the address: 404 unless it was sent to the agency, 410 once access has ended.

    It runs before `once`, so that a repeated request gets no kept answer for what may no longer be seen; only where
    reading ended by the agency's own answer, that answer can be repeated after a lost connection. The 410 is returned
    and not raised: an exception would roll back the audit event of the attempt.
    """

    @wraps(handler)
    def found(view: View, request: Request, item: UUID) -> Response:
        sent = get_object_or_404(received_by(view.by).select_related("case"), pk=item)
        now, repeatable = clock.now(), request.method == "POST" and sent.state in FINISHED
        if not repeatable and not readable_now(sent, at=now):
            read_referral(sent, by=view.by, at=now, token=str(request.auth.pk))
            return problem(410, "ended", _("Your access to this item has ended."))
        return handler(view, request, sent)

    return found


class ReferralList(View):
    """What was sent to the agency."""

    reads = ("referral.items.read",)
    parameters = frozenset({"page"})

    @describe.list_items
    def get(self, request: Request) -> Response:
        """The nearest deadline first, by page."""
        pages = Pages()
        rows = readable_by(self.by, at=clock.now())
        page: Sequence[Referral] = pages.paginate_queryset(rows, request, view=self)
        trail.record_list(
            "referral.items.read",
            by=self.by,
            shown=[row.pk for row in page],
            token=str(request.auth.pk),
        )
        return pages.get_paginated_response(serializers.ItemSummary(page, many=True).data)


class ReferralDetail(View):
    """One item."""

    reads = ("referral.disclosure.read", "referral.disclosure.read_after_end")

    @describe.read_item
    @of_readable_referral
    def get(self, request: Request, referral: Referral) -> Response:
        """The shared fields; every reading is audited, with the token that was used."""
        fields = read_referral(referral, by=self.by, at=clock.now(), token=str(request.auth.pk))
        return Response(serializers.Item(referral, context={"by": self.by, "fields": fields}).data)


class Accept(View):
    """Accepting an item."""

    @describe.accept_item
    @of_readable_referral
    @once
    def post(self, request: Request, referral: Referral) -> Response:
        """Accept."""
        return _answered(referrals.accept(referral, by=self.by, at=clock.now()))


class Decline(View):
    """Declining an item."""

    @describe.decline_item
    @of_readable_referral
    @once
    def post(self, request: Request, referral: Referral) -> Response:
        """Decline with a reason."""
        sent = serializers.Decline(data=request.data)
        sent.is_valid(raise_exception=True)
        return _answered(referrals.decline(referral, **sent.validated_data, by=self.by, at=clock.now()))


class Complete(View):
    """Saying what came of it."""

    @describe.complete_item
    @of_readable_referral
    @once
    def post(self, request: Request, referral: Referral) -> Response:
        """Record the outcome of an accepted item."""
        sent = serializers.Complete(data=request.data)
        sent.is_valid(raise_exception=True)
        return _answered(
            referrals.record_outcome(referral, **sent.validated_data, by=self.by, at=clock.now())
        )


def _answered(referral: Referral) -> Response:
    """The answer, which is kept for repeated requests: the state, nothing of what was shared."""
    return Response(serializers.ItemSummary(referral).data)
