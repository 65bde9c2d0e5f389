"""What the base layer stores: uploads, second factors, the audit trail, and everything that is encrypted."""

import hashlib
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.apps import apps

from wpis.audit.models import AuditEvent
from wpis.audit_log.queries import details
from wpis.crypto.fields import EncryptedField
from wpis.documents.models import Upload, UploadContent


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
