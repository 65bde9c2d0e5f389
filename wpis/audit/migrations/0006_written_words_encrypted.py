"""What people wrote about events of earlier releases is encrypted: it moves from the event into its note.

The trail is append-only for everybody but this migration. A digest is made anew, under the key that made it, only
where the old one verifies: an event that was not genuine before is not genuine afterwards. What this says and how it
calculates is frozen here; later releases may digest other columns.
"""

import hashlib
import hmac
import json
from datetime import UTC, datetime

import pgtrigger
from django.db import migrations

from wpis.crypto.keys import digest_keys

WRITTEN = {
    "permits.worker.reveal": "note",
    "wpis.job.drop": "reason",
    "accounts.staff.first": "reason",
}
"""Action -> under which name its detail held what a person wrote."""

DIGESTED = ("id", "at", "action", "actor", "role", "surface", "subject_kind", "subject", "detail")
ENCRYPTED = "encrypted"


def encrypt(apps, schema_editor):
    """Move each text into a note. Raises when a digest could be neither verified nor made anew."""
    Event, Note = apps.get_model("audit", "AuditEvent"), apps.get_model("audit", "AuditNote")
    rows = Event.objects.filter(action__in=WRITTEN, written=None).order_by("pk")
    with pgtrigger.ignore():
        for event in rows.iterator(chunk_size=500):
            text = event.detail.get(WRITTEN[event.action])
            if not isinstance(text, str) or not text.strip():
                continue
            key = _key_of_genuine(event)
            Note.objects.create(event=event, at=event.at, text=text)
            del event.detail[WRITTEN[event.action]]
            event.detail["note"] = ENCRYPTED
            if key is not None:
                kid, secret = key
                event.keyed_digest = f"{kid}:{_digest(event, kid, secret)}"
            Event.objects.filter(pk=event.pk).update(detail=event.detail, keyed_digest=event.keyed_digest)


def _key_of_genuine(event):
    """Name and key of a digest that verifies; None for an event without one, and for one that is not genuine."""
    kid, _colon, digest = event.keyed_digest.partition(":")
    if not kid:
        return None
    secret = digest_keys().get(kid)
    if secret is None:
        raise RuntimeError(f"Give this migration the digest keys of all surfaces, as verify_audit: {kid} is missing.")
    return (kid, secret) if hmac.compare_digest(digest, _digest(event, kid, secret)) else None


def _digest(event, kid, secret):
    values = {name: _plain(getattr(event, name)) for name in DIGESTED}
    text = json.dumps(["1", kid, "audit_auditevent", values], sort_keys=True, separators=(",", ":"))
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


def _plain(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value if value is None or isinstance(value, dict) else str(value)


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0005_who_was_shown"),
    ]

    operations = [
        migrations.RunPython(encrypt, migrations.RunPython.noop),
        # Since when a completed check leaves an event (`permits.traces`).
        migrations.RunSQL(
            """INSERT INTO audit_digeststart ("table", at, rows)
               SELECT 'permits_check', clock_timestamp() + COALESCE((SELECT moved_by FROM wpis_clockoffset), '0'), 0""",
            "DELETE FROM audit_digeststart WHERE \"table\" = 'permits_check'",
        ),
    ]
