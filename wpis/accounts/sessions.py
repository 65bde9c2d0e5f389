"""Sessions in PostgreSQL (`SESSION_ENGINE`): one table per surface, revocable, and readable by that surface alone."""

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession


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


class SessionStore(DatabaseStore):
    """Django's database store with one table per surface."""

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """The session table of the surface that this process serves."""
        return _TABLES[settings.WPIS_SURFACE]

    @property
    def model(self) -> type[AbstractBaseSession]:  # Django caches it; tests change surfaces
        return self.get_model_class()
