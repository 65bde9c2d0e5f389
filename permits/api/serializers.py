"""Request and response bodies: an application, a document, a declaration, a status, a problem."""

import base64
from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from permits.api.fields import ProgramField
from permits.api.parts import SERIALIZERS
from permits.completeness.missing import missing
from permits.completeness.notices import of_draft
from permits.document_kinds import DocumentKind
from permits.employer.tracker import permit_state_of, public_state
from permits.models import Application
from permits.states import PermitState, PublicState, State
from wpis import clock
from wpis.api.strict import StrictSerializer
from wpis.documents.models import State as FileState
from wpis.documents.verdicts import Refusal

LANGUAGES = [("hy", "Armenian"), ("en", "English"), ("ru", "Russian")]


class ApplicationInput(StrictSerializer):
    """An application, whole or in part."""

    def get_fields(self) -> dict[str, ProgramField]:
        """The parts, each of which may be absent."""
        parts = {name: serializer(required=False) for name, serializer in SERIALIZERS.items()}
        return parts | super().get_fields()


class NewApplication(ApplicationInput):
    """A new application, and the language of the letters about it."""

    language = serializers.ChoiceField(LANGUAGES, default="hy")


@extend_schema_field({"type": "string", "format": "byte"})
class Base64Field(serializers.CharField):
    """Bytes, written in base64."""


class DocumentInput(StrictSerializer):
    """One file."""

    kind = serializers.ChoiceField(DocumentKind.choices)
    name = serializers.CharField(max_length=120)
    content = Base64Field(help_text="the file in base64; PDF, JPEG or PNG up to 10 MB", trim_whitespace=True)

    def validate_name(self, value: str) -> str:
        """The name without folders. Django makes no file of a name that is none."""
        name = PurePosixPath(value).name
        if value.endswith("/") or name in ("", ".."):
            raise serializers.ValidationError(Refusal.NAME.label)
        return name

    def validate_content(self, value: str) -> bytes:
        """The bytes."""
        try:
            return base64.b64decode(value, validate=True)
        except ValueError:  # binascii.Error, and its base for letters that are not ASCII
            raise serializers.ValidationError(_("Send the file in base64.")) from None

    def file(self) -> SimpleUploadedFile:
        """The file in the form in which pages pass it to the action."""
        sent = self.validated_data
        return SimpleUploadedFile(sent["name"], sent["content"])


class Declaration(StrictSerializer):
    """That what was entered is true and complete, that the worker knows it and keeps the passport."""

    declared = serializers.BooleanField()


class DocumentStatus(serializers.Serializer[Any]):
    """The status of an uploaded file."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(DocumentKind.choices)
    name = serializers.CharField(source="upload.name")
    file_state = serializers.ChoiceField(FileState.choices, source="upload.state")


class MissingAnswer(serializers.Serializer[Any]):
    """One thing that is needed before the application can be submitted."""

    part = serializers.CharField()
    field = serializers.CharField()
    message = serializers.CharField(source="text")


class DraftNotice(serializers.Serializer[Any]):
    """An answer to look at again; it may be filed as it is."""

    part = serializers.CharField()
    field = serializers.CharField()
    message = serializers.CharField(source="text")


class OpenQuestion(serializers.Serializer[Any]):
    """What the office asks; it is answered on the pages."""

    text = serializers.CharField()
    answer_by = serializers.DateField()
    sections = serializers.ListField(child=serializers.CharField())


class ApplicationSummary(serializers.Serializer[Any]):
    """Where an application stands, in the words of the status page."""

    id = serializers.UUIDField()
    reference = serializers.CharField(allow_null=True)
    state = serializers.SerializerMethodField()
    permit_state = serializers.SerializerMethodField(
        help_text="whether the permit is valid today; null while none is issued"
    )
    submitted_at = serializers.DateTimeField(allow_null=True)
    due_on = serializers.DateField(allow_null=True, help_text="the last day for the decision")

    def get_state(self, application: Application) -> PublicState:
        """The public state."""
        return public_state(application)

    def get_permit_state(self, application: Application) -> PermitState | None:
        """An approval stays one when its permit ends; this says whether the permit counts today."""
        return permit_state_of(application, clock.today())


class ApplicationStatus(ApplicationSummary):
    """The same with what is missing, what is asked, and the permit."""

    missing = serializers.SerializerMethodField()
    notices = serializers.SerializerMethodField()
    documents = serializers.SerializerMethodField()
    question = serializers.SerializerMethodField()
    permit = serializers.SerializerMethodField(help_text="the number of the permit")

    @extend_schema_field(MissingAnswer(many=True))
    def get_missing(self, application: Application) -> Any:
        """What a draft still needs; empty for a submitted application."""
        return MissingAnswer(missing(application) if application.state == State.DRAFT else [], many=True).data

    @extend_schema_field(DraftNotice(many=True))
    def get_notices(self, application: Application) -> Any:
        """The answers of a draft to look at again; empty for a submitted application."""
        draft = application.state == State.DRAFT
        return DraftNotice(of_draft(application, clock.today()) if draft else [], many=True).data

    @extend_schema_field(DocumentStatus(many=True))
    def get_documents(self, application: Application) -> Any:
        """The files that are attached now."""
        return DocumentStatus(application.attached, many=True).data

    @extend_schema_field(OpenQuestion(allow_null=True))
    def get_question(self, application: Application) -> Any:
        """The open question; only while it is awaited there is one."""
        if application.state != State.WAITING:
            return None
        question = application.questions.filter(answered_at=None).first()
        return OpenQuestion(question).data if question else None

    def get_permit(self, application: Application) -> str | None:
        """The permit's number once it is issued."""
        permit = getattr(application, "permit", None) if application.state == State.APPROVED else None
        return permit.number if permit else None
