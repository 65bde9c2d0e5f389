"""The employers' interface for programs: file, complete, submit, and read where applications stand."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from permits import powers
from permits.actions import applications, documents, drafts
from permits.api import describe
from permits.api.authentication import TokenAuthentication
from permits.api.parts import SERIALIZERS
from permits.api.serializers import (
    ApplicationInput,
    ApplicationStatus,
    ApplicationSummary,
    Declaration,
    DocumentInput,
    DocumentStatus,
    NewApplication,
)
from permits.case_types.new import CASE_TYPE as NEW_PERMIT
from permits.completeness.missing import missing
from permits.models import ApiRequest, ApiToken, Application
from permits.queries import applications_of
from permits.states import State
from permits.submissions.draft import Draft, content_id
from wpis import clock
from wpis.accounts.models import User
from wpis.api.errors import Incomplete, Outdated, Unconditional
from wpis.api.idempotency import once
from wpis.api.parsing import FileJSONParser
from wpis.api.strict import Pages
from wpis.api.views import ProgramView
from wpis.audit import trail
from wpis.errors import ChangedMeanwhile, Refused

Parts = dict[str, dict[str, Any]]


class View(ProgramView):
    """Base: the token's employer is the scope of everything."""

    authentication_classes = [TokenAuthentication]
    power = powers.FILE
    answers = ApiRequest

    @property
    def token(self) -> ApiToken:
        """The token that was sent."""
        assert isinstance(self.request.auth, ApiToken)
        return self.request.auth

    @property
    def by(self) -> User:
        """The person who made the token, and who answers for what is done with it."""
        return self.token.user

    def own(self) -> QuerySet[Application]:
        """The applications of the token's employer; that its maker may see them was asked when it signed in."""
        return applications_of(self.token.employer_id)

    def one(self, pk: UUID) -> Application:
        """One of them. Raises Http404 for absent ones and for those of others."""
        return get_object_or_404(self.own().select_related(None), pk=pk)

    def save(self, application: Application, parts: Parts) -> None:
        """Keep what was sent of each part. Raises Refused when a part is not open for changes."""
        for part in SERIALIZERS:
            if part in parts:
                applications.save_part(application, part, parts[part], by=self.by, at=clock.now())

    def status(self, pk: UUID, code: int = 200) -> Response:
        """Where the application stands now, read anew and recorded as read."""
        application = get_object_or_404(self.own().select_related("employer", *SERIALIZERS), pk=pk)
        trail.record(
            "permits.application.read",
            by=self.by,
            subject=application,
            page="program",
            token=str(self.token.pk),
        )
        version = {"ETag": f'"{content_id(application)}"'}
        return Response(ApplicationStatus(application).data, status=code, headers=version)

    def as_read(self, application: Application) -> None:
        """Compare the version of the request with the draft's, and keep it for this transaction.

        Raises Outdated when it is another one, also when it cannot be read as a version.
        """
        sent = self.request.headers.get("If-Match", "").strip()
        if sent in ("", "*"):
            return
        try:
            version = UUID(sent.removeprefix("W/").strip('"'))
            applications.unchanged(application, expected_draft=version, by=self.by)
        except (ValueError, ChangedMeanwhile):
            raise Outdated from None


class ApplicationList(View):
    """All applications of the employer; a new one."""

    reads = ("permits.applications.read",)
    parameters = frozenset({"page"})

    @describe.list_applications
    def get(self, request: Request) -> Response:
        """Newest first, by page."""
        pages = Pages()
        rows = pages.paginate_queryset(self.own(), request, view=self)
        trail.record_list(
            "permits.applications.read",
            by=self.by,
            shown=[row.pk for row in rows],
            page="program",
            token=str(self.token.pk),
        )
        return pages.get_paginated_response(ApplicationSummary(rows, many=True).data)

    @describe.create_application
    @once
    def post(self, request: Request) -> Response:
        """Start a draft with everything that was sent."""
        sent = NewApplication(data=request.data)
        sent.is_valid(raise_exception=True)
        application = applications.start(
            self.token.employer,
            kind=NEW_PERMIT.slug,  # a program's request names no case type: it always starts a new permit
            by=self.by,
            at=clock.now(),
            language=sent.validated_data["language"],
        )
        self.save(application, sent.validated_data)
        return self.status(application.pk, 201)


class ApplicationDetail(View):
    """One application: where it stands, and changes to it."""

    reads = ("permits.application.read",)

    @describe.read_application
    def get(self, request: Request, pk: UUID) -> Response:
        """State, date promise, what is missing, the open question, the permit."""
        return self.status(pk)

    @describe.update_application
    def put(self, request: Request, pk: UUID) -> Response:
        """Set the fields that are sent; the others stay as they are. With `If-Match` only what was read is changed."""
        application = self.one(pk)
        sent = ApplicationInput(data=request.data, context={"application": application})
        sent.is_valid(raise_exception=True)
        self.as_read(application)
        self.save(application, sent.validated_data)
        return self.status(pk)

    @describe.delete_application
    def delete(self, request: Request, pk: UUID) -> Response:
        """Delete a draft, as its version in `If-Match` was read; `*` stands for whatever there is."""
        application = self.one(pk)
        if not request.headers.get("If-Match", "").strip():
            raise Unconditional
        self.as_read(application)
        drafts.delete(application, expected_draft=Draft.AS_SAVED, by=self.by, at=clock.now())
        return Response(status=204)


class DocumentList(View):
    """The files of an application."""

    parser_classes = [FileJSONParser]

    @describe.add_document
    @once
    def post(self, request: Request, pk: UUID) -> Response:
        """Add one file; it is checked afterwards, and its state is part of the status."""
        application, sent = self.one(pk), DocumentInput(data=request.data)
        sent.is_valid(raise_exception=True)
        document = documents.attach(
            application, sent.file(), sent.validated_data["kind"], by=self.by, at=clock.now()
        )
        return Response(DocumentStatus(document).data, status=201)


class Submission(View):
    """Filing."""

    @describe.submit_application
    @once
    def post(self, request: Request, pk: UUID) -> Response:
        """Declare and submit. A draft that lacks something is answered with everything that is missing."""
        application, sent = self.one(pk), Declaration(data=request.data)
        sent.is_valid(raise_exception=True)
        declared = sent.validated_data["declared"]
        try:
            filed = applications.submit(
                application,
                by=self.by,
                at=clock.now(),
                declared=declared,
                expected_draft=Draft.AS_SAVED,
            )
        except Refused:
            if application.state == State.DRAFT and declared and (lacking := missing(application)):
                raise Incomplete({f"{item.part}.{item.field}": [str(item)] for item in lacking}) from None
            raise
        return Response(ApplicationStatus(filed).data)
