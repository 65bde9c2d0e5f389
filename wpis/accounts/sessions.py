"""Sessions in PostgreSQL, in the table of the running surface: revocable, and out of reach of the others."""

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession


class SessionStore(DatabaseStore):
    """Django's database store with one table per surface."""

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """The session table of the surface that this process serves."""
        from wpis.accounts import models

        tables: dict[str, type[AbstractBaseSession]] = {
            "portal": models.PortalSession,
            "office": models.OfficeSession,
            "protection": models.ProtectionSession,
            "owner": models.ProtectionSession,
        }
        return tables[settings.WPIS_SURFACE]

    @property
    def model(self) -> type[AbstractBaseSession]:  # Django caches it; tests change surfaces
        return self.get_model_class()
