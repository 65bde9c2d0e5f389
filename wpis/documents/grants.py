"""Database grants for uploads: the role that receives an upload cannot clear it."""

from wpis.surfaces import Grants

GRANTS: Grants = {
    "portal": {"documents_upload": "SELECT, INSERT", "documents_uploadcontent": "SELECT, INSERT"},
    "office": {
        "documents_upload": "SELECT, UPDATE (state, reason, scanned_by, pages, size, sha256, checked_at)",
        "documents_uploadcontent": "SELECT, UPDATE (content)",
    },
    "protection": {"documents_upload": "SELECT", "documents_uploadcontent": "SELECT"},
}
