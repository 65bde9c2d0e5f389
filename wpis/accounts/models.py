"""One account per person and surface; sessions and the administration of staff have modules of their own."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from wpis import clock
from wpis.accounts import role_rules
from wpis.accounts.roles import SURFACE_OF, Role, Surface
from wpis.accounts.sessions import OfficeSession, PortalSession, ProtectionSession
from wpis.accounts.staff import EnrolmentCode, StaffRequest
from wpis.audit import trail
from wpis.languages.signs import clean_address
from wpis.rate_limits.models import RecentRequests

__all__ = [
    "EnrolmentCode",
    "OfficeSession",
    "PortalSession",
    "ProtectionSession",
    "RecentRequests",
    "StaffRequest",
    "User",
    "UserManager",
]


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the surface follows from the role."""

    def working_on(self, day: date) -> models.QuerySet["User"]:
        """Accounts with which somebody can sign in on that day: open, and whoever was invited has set a password."""
        invited = models.Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        return self.filter(~invited, is_active=True).exclude(ends_on__lt=day)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account that can sign in on the surface of its `role` (default: employer)."""
        user = self.model(email=self.normalize_email(clean_address(email)).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, or who once did: accounts are closed (`is_active`), never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("full name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.EMPLOYER)
    surface = models.CharField(max_length=12, choices=Surface.choices, editable=False)
    agency = models.SlugField(
        _("agency"),
        db_column="organisation",
        max_length=60,
        blank=True,
        help_text=_("Slug of the agency that a partner works for"),
    )
    is_active = models.BooleanField(_("can sign in"), default=True)
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    ends_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Afterwards the account is closed")
    )
    session_generation = models.PositiveIntegerField(
        default=0, db_default=0, editable=False, help_text="sessions of an earlier generation have ended"
    )
    tokens_from = models.DateTimeField(
        null=True, editable=False, help_text="tokens for programs made before this moment have ended"
    )

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
        triggers = role_rules.accounts()

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the surface in step with the role; the database checks it too. A closed account's tokens end."""
        self.surface = SURFACE_OF[self.role]
        saved = kwargs.get("update_fields")
        if not self.is_active and (saved is None or "is_active" in saved):
            self.tokens_from = clock.now()
        if saved is not None and {"is_active", "password"} & set(saved):
            kwargs["update_fields"] = {*saved, "tokens_from"}
        super().save(*args, **kwargs)

    def set_password(self, raw_password: str | None) -> None:
        """Set another password: what was made under the old one, sessions and tokens, ends."""
        super().set_password(raw_password)
        if not self._state.adding:
            self.tokens_from = clock.now()

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password. Hashing it anew, as newer settings ask, is no change of it: tokens live on."""
        before = self.tokens_from

        def hash_anew(right: str | None) -> None:
            self.set_password(right)
            self._password, self.tokens_from = None, before
            self.save(update_fields=["password"])
            if self.surface == settings.WPIS_SURFACE:
                trail.record("accounts.password.rehash", by=self, subject=self)

        return check_password(raw_password, self.password, hash_anew)

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """What a session lives with: it ends with another password, role or agency, and when it is told to."""
        lives_with = f"{self.password} {self.role} {self.agency} {self.session_generation}"
        return salted_hmac("wpis.accounts.session", lives_with, secret=secret, algorithm="sha256").hexdigest()

    def is_open(self, on: date) -> bool:
        """Whether the account works on that day: nobody has closed it, and its last day is not over."""
        return self.is_active and (self.ends_on is None or on <= self.ends_on)

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
