"""People, the organisations they work for, and the role each has there."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weerbaar import codes
from weerbaar.accounts.open_session import OpenSession as OpenSession
from weerbaar.accounts.roles import DUTIES, Permission, Role, roles_with


def aftercare_days() -> list[int]:
    """72 hours, two weeks, seven weeks: the protocol's moments (domain, aftercare)."""
    return [3, 14, 49]


class OrganisationKind(models.TextChoices):
    """What sort of body an organisation is."""

    MUNICIPALITY = "municipality", _("municipality")
    PROVINCE = "province", _("province")
    WATER_AUTHORITY = "water_authority", _("water authority")
    PARTNER = "partner", _("partner")
    NETWORK = "network", _("network")
    PLATFORM = "platform", _("platform")


HANDLING_KINDS = (
    OrganisationKind.MUNICIPALITY,
    OrganisationKind.PROVINCE,
    OrganisationKind.WATER_AUTHORITY,
)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def receiving_reports(self) -> "OrganisationQuerySet":
        """Organisations where an office holder can report."""
        return self.filter(kind__in=HANDLING_KINDS)


class Organisation(models.Model):
    """A municipality, province, water authority, partner or network (organisatie)."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "slug",
            "name",
            "kind",
            "province",
            "safety_region",
            "phone",
            "exit_url",
            "theme",
            "aftercare_days",
            "second_line",
        ],
        "personal": [],
        "sealed": [],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    province = models.CharField(max_length=20, blank=True)
    safety_region = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    exit_url = models.URLField(blank=True)
    theme = models.SlugField(blank=True)
    aftercare_days = models.JSONField(default=aftercare_days)
    # Where a reporter can go when nobody here may see the report.
    second_line = models.CharField(max_length=200, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def handlers(self, today: date) -> "models.QuerySet[User]":
        """The people with a vault who receive this organisation's reports."""
        return self._people(Permission.HANDLE_CASES, today)

    def custodians(self, today: date) -> "models.QuerySet[User]":
        """The people with a vault who keep half of each confidential name."""
        return self._people(Permission.KEEP_NAMES, today)

    def _people(self, permission: Permission, today: date) -> "models.QuerySet[User]":
        return User.objects.filter(
            pk__in=Membership.objects.current(today)
            .filter(organisation=self, role__in=roles_with(permission))
            .values("user"),
            is_active=True,
            key__isnull=False,
        ).select_related("key")


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in (medewerker); what she may do hangs on her memberships."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "key",
            "is_active",
            "joined_on",
            "language",
            "recovery_kept_on",
        ],
        "personal": ["email", "name", "last_login"],
        "sealed": ["password"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    # Public half of the person's own Secret; empty until the first sign-in made one.
    key = models.OneToOneField(
        "vault.Key", null=True, blank=True, on_delete=models.PROTECT
    )
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="nl")
    joined_on = models.DateField(default=timezone.localdate)
    # When the person said that the recovery code of the vault is written down.
    recovery_kept_on = models.DateField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    # Nobody reads a case, or anything else, because a flag says so (design 7).
    is_staff = False
    is_superuser = False

    objects = UserManager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def current_memberships(self) -> "list[Membership]":
        """Memberships that hold today, read once for each request's user."""
        if not hasattr(self, "_current"):
            self._current = list(
                Membership.objects.current(timezone.localdate())
                .filter(user=self)
                .select_related("organisation")
            )
        return self._current

    def organisations(self, permission: Permission) -> "list[Organisation]":
        """Where this person may do something."""
        return [
            m.organisation
            for m in self.current_memberships()
            if permission in DUTIES[m.role].permissions
        ]

    def may(
        self, permission: Permission, organisation: "Organisation | uuid.UUID"
    ) -> bool:
        """May this person do this, in this organisation, today?"""
        wanted = getattr(organisation, "pk", organisation)
        return self.is_active and any(
            o.pk == wanted for o in self.organisations(permission)
        )

    def may_anywhere(self, permission: Permission) -> bool:
        """May this person do this in any organisation?"""
        return self.is_active and bool(self.organisations(permission))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, today: date) -> "MembershipQuerySet":
        """Memberships that have begun and not ended."""
        return self.filter(starts_on__lte=today).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today)
        )


class Membership(models.Model):
    """A person's role in an organisation for a time; she may hold several (functie)."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "organisation",
            "role",
            "office",
            "is_fallback",
            "starts_on",
            "ends_on",
        ],
        "personal": ["user"],
        "sealed": [],
    }

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    office = models.CharField(max_length=40, blank=True)
    # A handler who receives a report only when no other handler may.
    is_fallback = models.BooleanField(default=False)
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], name="one_role_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.organisation_id}"

    @property
    def office_label(self) -> str:
        """The office in the page's language, such as griffier or burgemeester."""
        return codes.label("office_roles", self.office)
