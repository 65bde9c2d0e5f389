"""Sessions in PostgreSQL (`SESSION_ENGINE`): one table per surface, revocable, and readable by that surface alone.

The table holds a digest of the key that the browser has, and what a session holds is signed for that key. So whoever
reads the table cannot take a session over, and whoever writes it cannot copy one under a key of theirs.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone


class _Session(AbstractBaseSession):
    """The columns of Django's session."""

    class Meta(AbstractBaseSession.Meta):
        abstract = True

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        """The store that writes the table of the running surface."""
        return SessionStore


class PortalSession(_Session):
    """Sessions of employers, delegates and workers."""


class OfficeSession(_Session):
    """Sessions of migration officers."""


class ProtectionSession(_Session):
    """Sessions of the third surface."""


_TABLES: dict[str, type[AbstractBaseSession]] = {
    "portal": PortalSession,
    "office": OfficeSession,
    "protection": ProtectionSession,
    "owner": ProtectionSession,
}


def stored_key(key: str | None) -> str:
    """How the table names the session of this key: 40 characters of a digest, as many as the column holds."""
    return hashlib.sha256((key or "").encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    """Django's database store with one table per surface, and digests for keys."""

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """The session table of the surface that this process serves."""
        return _TABLES[settings.WPIS_SURFACE]

    @property
    def key_salt(self) -> str:
        """What a session holds is signed together with its key."""
        return f"wpis.accounts.sessions {stored_key(self.session_key)}"

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        rows = self.model._default_manager.filter(expire_date__gt=timezone.now())
        found = rows.filter(session_key=stored_key(self.session_key)).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Whether there is a session of this key."""
        return self.model._default_manager.filter(session_key=stored_key(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row of this session."""
        row = super().create_model_instance(data)
        row.session_key = stored_key(self.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """End a session: the one of this key, or this one."""
        if key := session_key or self.session_key:
            self.model._default_manager.filter(session_key=stored_key(key)).delete()

    @property
    def model(self) -> type[AbstractBaseSession]:  # Django caches it; tests change surfaces
        return self.get_model_class()
