"""What the running code says of everything that is stored: the one place that knows where to ask for it.

`build.py` writes it down when a release is cut, `test_releases.py` asks later releases the same. When a module moves,
this file follows; what it returns stays.
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import pypdf
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.test import override_settings
from django.utils import translation

from alerts.facts import from_submission
from alerts.models import Alert, Facts, Finding, Screening, ScreeningState
from alerts.models.facts import names as names_of_facts
from alerts.rules import engine, rulesets
from alerts.rules.content import Content
from alerts.rules.explanations import Explanation, explain
from alerts.rules.typologies import raised_by
from permits.certificate import render
from permits.certificate.of_permit import face
from permits.feed import SubmissionRecord, records
from permits.models import Application, Permit, Submission
from permits.officer.file.dossier import gather
from permits.verify.verdicts import look_up
from referral.disclosure import presenters
from referral.models import Case, Consent, Referral
from tests.conftest import standing_on
from wpis.accounts.models import User
from wpis.accounts.roles import Role
from wpis.audit.models import AuditEvent
from wpis.audit.queries import details
from wpis.crypto.fields import EncryptedField
from wpis.documents.models import Upload, UploadContent

MOMENTS = {
    "in time": datetime(2026, 9, 15, 8, tzinfo=UTC),
    "too early": datetime(2026, 6, 5, 8, tzinfo=UTC),
    "too late": datetime(2028, 1, 10, 8, tzinfo=UTC),
}
"""When somebody checks a permit."""


def everything() -> dict[str, Any]:
    """All of it, as JSON-ready data."""
    return {name: section(name) for name in SECTIONS}


def section(name: str) -> dict[str, Any]:
    """One part of it, as JSON-ready data; what is not asked in every language is asked in Armenian."""
    with translation.override("hy"):
        return _as_json(SECTIONS[name]())


def record_of(submission: UUID) -> SubmissionRecord:
    """What was filed."""
    (found,) = records([submission])
    return found


def submission(row: Submission) -> dict[str, Any]:
    """What was filed, and its digest."""
    return {"number": row.number, "digest": row.digest, "record": record_of(row.pk).as_dict()}


def facts(row: Facts) -> dict[str, Any]:
    """The stored facts, by name."""
    return {name: getattr(row, name) for name in names_of_facts()}


def facts_stated(submission: str) -> dict[str, Any]:
    """Of those, what the submission says by itself, read out of it anew, as JSON-ready data."""
    stated = from_submission.facts(record_of(UUID(submission)))
    return _as_json({name: _as_stored(name, value) for name, value in stated.items()})


def _as_stored(fact: str, value: Any) -> Any:
    """A number with the places of its column."""
    places = getattr(Facts._meta.get_field(fact), "decimal_places", None)
    return value if value is None or places is None else round(Decimal(str(value)), places)


def officers_view(row: Application) -> dict[str, Any]:
    """The file as an officer reads it: every value beside what it was before, the limits of the law, the history."""
    reader = User.objects.filter(role=Role.OFFICER, is_active=True).earliest("joined_at", "id")

    def read() -> dict[str, Any]:
        with standing_on("office"):
            dossier = gather(row, reader, MOMENTS["in time"])
        return {
            "rows": {
                f"{part.name}.{line.name}": [
                    str(line.label),
                    str(line.value),
                    str(line.was or ""),
                    line.mark and str(line.mark.text),
                ]
                for part in dossier.parts
                for line in part.rows
            },
            "limits": [[limit.label, limit.stated, limit.limit, limit.kept] for limit in dossier.limits],
            "grounds": [ground for _decision, ground in dossier.decisions],
            "steps": [[event.title, event.note] for event in dossier.events],
        }

    return _in_languages(read)


def screening(row: Screening) -> dict[str, Any]:
    """What the ruleset says about the facts, computed now."""
    said: dict[str, Any] = {
        "submission": row.submission_id,
        "ruleset": row.ruleset.version,
        "state": row.state,
        "error": row.error,
    }
    if row.state == ScreeningState.SCREENED:
        assert row.facts_id
        content = rulesets.content(row.ruleset)
        answer = engine.evaluate(content, [row.facts_id])[row.facts_id]
        raised = raised_by(answer.hits, content.typologies)
        said |= {
            "hits": answer.hits,
            "unknowns": answer.unknowns,
            "clears": answer.clears,
            "raises": [list(raised.typologies), raised.level, raised.child] if raised else None,
        }
    return said


def finding(row: Finding) -> dict[str, Any]:
    """What was found, in words."""
    return {
        "submission": row.screening.submission_id,
        "indicator": row.indicator,
        "version": row.version,
        "outcome": row.outcome,
        "values": row.values,
        "sentence": _in_languages(lambda: _explained(row).sentence),
    }


def rules() -> dict[str, Any]:
    """The words of every rule that ever found something, by ruleset."""
    found: dict[str, Any] = {}
    for row in Finding.objects.select_related("screening__ruleset").order_by("indicator"):
        said = found.setdefault(row.screening.ruleset.version, {})
        if row.indicator not in said:
            said[row.indicator] = rule(row)
    return found


def rule(row: Finding) -> dict[str, Any]:
    """What a rule is called and what else may explain its finding."""
    return {
        "title": _in_languages(lambda: _explained(row).title),
        "false_positives": _in_languages(lambda: _explained(row).false_positives),
        "evidence": _explained(row).evidence,
    }


def _as_json(content: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return plain


def _explained(row: Finding) -> Explanation:
    return explain(row, rulesets.content(row.screening.ruleset))


def alert(row: Alert) -> dict[str, Any]:
    """What asks a person to look, and which steps were taken."""
    content = rulesets.content(row.screening.ruleset)
    return {
        "reference": row.reference,
        "submission": row.screening.submission_id,
        "level": row.level,
        "child": row.child,
        "state": row.state,
        "due_at": row.due_at,
        "typologies": {id: _in_languages(partial(_title_of, id, content)) for id in row.typologies},
        "steps": list(row.changes.order_by("at", "id").values_list("step", "reason")),
    }


def _title_of(typology: str, content: Content) -> str:
    return rulesets.titles([typology], content)[0]


def case(row: Case) -> dict[str, Any]:
    """What is known of the person."""
    return {
        "reference": row.reference,
        "alias": row.alias,
        "state": row.state,
        "person": row.person,
        "why": row.why,
        "contact": [row.contact_how, row.contact_when, row.contact_say],
        "notes": [[note.kind, note.text] for note in row.notes.order_by("at", "id")],
    }


def consent(row: Consent) -> dict[str, Any]:
    """What the person answered."""
    return {
        "case": row.case_id,
        "agency": row.agency,
        "purpose": row.purpose,
        "answer": row.answer,
        "fields": row.fields,
        "interpreter": row.interpreter,
        "withdrawn_at": row.withdrawn_at,
    }


def disclosure(row: Referral) -> dict[str, Any]:
    """What a body was told, as its page shows it, and what it answered."""
    return {
        "reference": row.reference,
        "case": row.case_id,
        "agency": row.agency,
        "state": row.state,
        "packet": row.packet,
        "digest": row.digest,
        "words": [row.reason, row.decline_reason, row.outcome_note],
        "shown": {
            field: _in_languages(partial(presenters.value, field, value))
            for field, value in row.packet.items()
        },
    }


def working_copy(row: Application) -> dict[str, Any]:
    """What stands in the encrypted columns of a form, and where the file stands."""
    worker = row.worker
    return {
        "reference": row.reference,
        "state": row.state,
        "worker": [worker.passport_number, worker.mrz, worker.phone, worker.email],
        "wage_account": row.terms.wage_account,
    }


def permit(row: Permit) -> dict[str, Any]:
    """The permit as it is checked and as it is printed."""
    return {
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "code": row.code,
        "verdicts": {when: [verdict(row.code, at), verdict(row.number, at)] for when, at in MOMENTS.items()},
        "printed": printed(row),
    }


def verdict(text: str, at: datetime) -> dict[str, Any]:
    """What the public check says of a number or code."""
    found = look_up(text, at)
    return {name: getattr(found, name) for name in type(found).__dataclass_fields__}


def printed(row: Permit) -> list[str]:
    """The text of the PDF, page by page."""
    with override_settings(WPIS_PORTAL_URL="https://portal.example"):
        pdf = render(face(row))
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def upload(row: Upload) -> dict[str, Any]:
    """Whether the kept bytes are those that were checked."""
    content = UploadContent.objects.get(pk=row.pk).content
    kept = None if content is None else hashlib.sha256(content).hexdigest()
    assert kept in (None, row.sha256)
    return {"state": row.state, "name": row.name, "kept": kept}


def second_factor(row: Authenticator) -> dict[str, Any]:
    """A digest of what the sealed seed opens to."""
    name = "secret" if row.type == Authenticator.Type.TOTP else "seed"
    return {"type": row.type, "seed": hashlib.sha256(decrypt(row.data[name]).encode()).hexdigest()}


def audit() -> dict[str, Any]:
    """Every action that ever happened: how often, and how the auditor reads its first event."""
    actions = AuditEvent.objects.values_list("action", flat=True).order_by("action").distinct()
    said = {}
    for action in actions:
        events = AuditEvent.objects.filter(action=action).order_by("at", "id")
        said[action] = {"events": len(events), "details": details(events[0])}
    return said


def ciphertexts() -> dict[str, Any]:
    """Every encrypted column: how many rows hold a value, and a digest of what they open to."""
    said = {}
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedField):
                rows = model._base_manager.exclude(**{f"{field.name}__isnull": True}).order_by("pk")
                opened = hashlib.sha256()
                for row in rows:
                    opened.update(f"{row.pk}:".encode() + field.to_plain(getattr(row, field.attname)))
                place = f"{model._meta.db_table}.{field.column}"
                said[place] = {"rows": len(rows), "digest": opened.hexdigest()}
    return said


SECTIONS: dict[str, Callable[[], dict[str, Any]]] = {
    "submissions": lambda: {str(row.pk): submission(row) for row in Submission.objects.all()},
    "facts": lambda: {str(row.submission_id): facts(row) for row in _first_facts()},
    "officers_view": lambda: {str(row.reference): officers_view(row) for row in _files_with_a_past()},
    "screenings": lambda: {str(row.pk): screening(row) for row in Screening.objects.all()},
    "rules": rules,
    "findings": lambda: {str(row.pk): finding(row) for row in Finding.objects.all()},
    "alerts": lambda: {str(row.pk): alert(row) for row in Alert.objects.all()},
    "cases": lambda: {str(row.pk): case(row) for row in Case.objects.all()},
    "consents": lambda: {str(row.pk): consent(row) for row in Consent.objects.all()},
    "disclosures": lambda: {str(row.pk): disclosure(row) for row in Referral.objects.all()},
    "applications": lambda: {str(row.pk): working_copy(row) for row in Application.objects.all()},
    "permits": lambda: {row.number: permit(row) for row in Permit.objects.all()},
    "uploads": lambda: {str(row.pk): upload(row) for row in Upload.objects.all()},
    "second_factors": lambda: {str(row.pk): second_factor(row) for row in Authenticator.objects.all()},
    "audit": audit,
    "ciphertexts": ciphertexts,
}
"""What is asked, part by part."""


def _first_facts() -> Iterable[Facts]:
    """Of each submission, the facts that were built first: later builders append."""
    return Facts.objects.order_by("submission_id", "builder_version").distinct("submission_id")


def _files_with_a_past() -> Iterable[Application]:
    """Files with two submissions, and decided ones: the rest reads the same way."""
    again = Submission.objects.filter(number__gt=1).values("application")
    return Application.objects.filter(Q(pk__in=again) | Q(permit__isnull=False)).distinct()


def _in_languages(words: Callable[[], Any]) -> dict[str, Any]:
    said = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found = words()
            said[code] = found if isinstance(found, list | dict) else str(found)
    return said
