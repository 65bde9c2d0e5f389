"""Database grants for uploads: the role that receives an upload cannot clear it, nor can any role that shows it.

The role that looks into files of strangers sees of them what it must, and of everything else nothing: with row
security on the bytes, those that wait for their check.
"""

from wpis.outbox import PROGRESS
from wpis.surfaces import Grants

from .queues import READ, TURNS

GRANTS: Grants = {
    "portal": {
        "documents_upload": "SELECT, INSERT",
        "documents_uploadcontent": "SELECT, INSERT",
        "documents_filecheck": "INSERT",
        "documents_sender": "SELECT, INSERT, UPDATE (last_at)",
    },
    "files": {
        "documents_upload": f"SELECT ({', '.join(READ)}), UPDATE (state, reason, scanned_by, pages, size, sha256, "
        "checked_at, keyed_digest)",
        "documents_uploadcontent": "SELECT, UPDATE (content)",
        "documents_filecheck": f"SELECT, UPDATE ({TURNS})",
        "documents_fileturn": "SELECT, INSERT, UPDATE (taken_at)",
        "documents_checkedfile": "INSERT",
    },
    "office": {
        "documents_upload": "SELECT",
        "documents_uploadcontent": "SELECT",
        "documents_filecheck": "INSERT",  # jobs that the portal of release 0.1.0 left
        "documents_checkedfile": f"SELECT, UPDATE ({PROGRESS})",
    },
    "protection": {
        "documents_upload": "SELECT",
        "documents_uploadcontent": "SELECT",
        "documents_filecheck": "SELECT",  # counts what waits, for people and metrics
        "documents_checkedfile": "SELECT",
    },
}

_WAITS = "EXISTS (SELECT 1 FROM documents_upload u WHERE u.id = upload_id AND u.state = 'quarantined')"

ROW_RULES = {
    "documents_uploadcontent": {
        **dict.fromkeys(("portal", "office", "protection"), ("true", "true")),
        "files": (_WAITS, _WAITS),
    },
}
"""As in `wpis.grants`: whoever has looked into a file cannot read its bytes again."""
