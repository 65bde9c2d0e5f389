"""One account per person and surface, and the counts of the rate limiter; sessions are in `sessions.py`."""

import uuid
from typing import Any

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from wpis import clock
from wpis.accounts.roles import SURFACE_OF, Role, Surface
from wpis.accounts.sessions import OfficeSession, PortalSession, ProtectionSession
from wpis.database_roles import demand, for_roles

__all__ = ["OfficeSession", "PortalSession", "ProtectionSession", "RecentRequests", "User", "UserManager"]


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the surface follows from the role."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account that can sign in on the surface of its `role` (default: employer)."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


AS_APPOINTED = ("id", "role", "surface", "organisation", "joined_at")
"""What no process of a surface changes of an account."""


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, or who once did: accounts are closed (`is_active`), never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("full name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.EMPLOYER)
    surface = models.CharField(max_length=12, choices=Surface.choices, editable=False)
    organisation = models.SlugField(
        _("organisation"),
        max_length=60,
        blank=True,
        help_text=_("Slug of the agency that a partner works for"),
    )
    is_active = models.BooleanField(_("can sign in"), default=True)
    joined_at = models.DateTimeField(default=clock.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(
                name="accounts_user_role_fits_surface",
                condition=models.Q(
                    *[models.Q(role=role, surface=surface) for role, surface in SURFACE_OF.items()],
                    _connector=models.Q.OR,
                ),
            )
        ]
        triggers = [
            # No process makes itself an account of staff, or raises one: the owner of the database does.
            for_roles(
                "as_appointed",
                pgtrigger.Insert | pgtrigger.Update,
                demand("NOT NEW.is_superuser", "nobody holds every power"),
                demand(
                    " AND ".join(f"NEW.{column} = OLD.{column}" for column in AS_APPOINTED),
                    "what an account may do is not changed here",
                    when="TG_OP = 'UPDATE'",
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the surface in step with the role; the database checks it too."""
        self.surface = SURFACE_OF[self.role]
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """The name to show; the address when no name was given."""
        return str(self)

    @property
    def mark(self) -> str:
        """An opaque value by which a browser recognises the account when it signs in again; it identifies nobody."""
        return salted_hmac("wpis.accounts.mark", str(self.pk), algorithm="sha256").hexdigest()[:16]

    @property
    def is_staff(self) -> bool:
        """There is no Django admin site here."""
        return False


class RecentRequests(models.Model):
    """When one caller asked for one thing; deleted when its time is over (`wpis.rate_limits`).

    The table is unlogged: counting waits for no disk, and after a crash of the database counting begins anew.
    """

    asker = models.CharField(
        max_length=64, primary_key=True, help_text="keyed digest of limit and caller: no address is kept"
    )
    surface = models.CharField(max_length=12, help_text="whose count it is; no other surface sees the row")
    moments = ArrayField(models.DateTimeField())
    forget_at = models.DateTimeField(db_index=True)
