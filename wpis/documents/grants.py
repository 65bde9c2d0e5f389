"""Database grants for uploads: the role that receives an upload cannot clear it."""

from wpis.surfaces import Grants

GRANTS: Grants = {
    "portal": {"documents_upload": "SELECT, INSERT", "documents_uploadcontent": "SELECT, INSERT"},
    "office": {"documents_upload": "SELECT, UPDATE", "documents_uploadcontent": "SELECT, UPDATE"},
    "protection": {"documents_upload": "SELECT", "documents_uploadcontent": "SELECT"},
}
