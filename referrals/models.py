"""Partners, what is handed on to them, the consent to it, and their answers."""

import uuid
from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from cases.models import Case, How
from referrals.disclosure import Policy, Way, allowed, choosable, policy
from referrals.workflow import ReferralWorkflow, State
from weerbaar import codes
from weerbaar.accounts.models import Membership, User
from weerbaar.accounts.roles import Permission, roles_with

STALE = timedelta(days=180)


class PartnerQuerySet(models.QuerySet["Partner"]):
    def proposable(self) -> "PartnerQuerySet":
        """Partners a case can be referred to; of the RIECs only the regional ones."""
        return self.exclude(code="riec", region="")


class Partner(models.Model):
    """An organisation that helps, with its own way of being brought in (partner)."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "code",
            "region",
            "name",
            "organisation",
            "way",
            "phone",
            "hours",
            "email",
            "url",
            "checked_on",
            "sections",
            "roles",
        ],
        "personal": [],
        "sealed": [],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40)
    # One of the ten RIECs; empty for every other partner.
    region = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120)
    # Its desk in this house; without one, nothing can be sent to it from here.
    organisation = models.ForeignKey(
        "accounts.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    way = models.CharField(max_length=16, choices=Way.choices)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    url = models.URLField(blank=True)
    # When somebody last checked the contact data; unknown counts as too long ago.
    checked_on = models.DateField(null=True, blank=True)
    # What it may receive, within the most of its way, and for which offices it is.
    sections = models.JSONField(default=list, blank=True)
    roles = models.JSONField(default=list, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "region"], name="one_partner_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def policy(self) -> Policy:
        return policy(self.code, self.region)

    @property
    def takes_package(self) -> bool:
        """Whether something is sent: the way carries sections, and there is a desk."""
        return bool(allowed(self)) and self.organisation_id is not None

    @property
    def choosable(self) -> list[Any]:
        return choosable(self)

    @property
    def role_labels(self) -> list[str]:
        """For which offices it is, where it is not for everybody."""
        return codes.labels("office_roles", self.roles)

    def is_for(self, office: str) -> bool:
        """Whether somebody in this office can turn to it; an unknown office might."""
        return not self.roles or not office or office in self.roles

    def is_stale(self, today: date) -> bool:
        """The contact data were checked too long ago, or never (P-4: 180 days)."""
        return self.checked_on is None or self.checked_on < today - STALE

    def desk(self, today: date) -> "models.QuerySet[User]":
        """The people with a vault who answer this partner's referrals."""
        members = Membership.objects.current(today).filter(
            organisation=self.organisation_id,
            role__in=roles_with(Permission.ANSWER_REFERRALS),
        )
        return User.objects.filter(
            pk__in=members.values("user"), is_active=True, key__isnull=False
        ).select_related("key")


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: User) -> "ReferralQuerySet":
        """Referrals of the cases that this person handles; a recused one has none."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def addressed_to(self, user: User) -> "ReferralQuerySet":
        """Packages that were sealed to this person at her partner's desk (P-1)."""
        if user.key_id is None:
            return self.none()
        return self.filter(
            partner__organisation__in=user.organisations(Permission.ANSWER_REFERRALS),
            package_key__grants__holder_id=user.key_id,
        )

    def open(self) -> "ReferralQuerySet":
        """Referrals in which something can still happen."""
        return self.exclude(
            state__in=[State.COMPLETED, State.DECLINED, State.WITHDRAWN]
        )


class Referral(ReferralWorkflow):
    """One case handed on to one partner (doorverwijzing); what was shared is sealed."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "case",
            "partner",
            "state",
            "version",
            "proposed_on",
            "consented_on",
            "sent_on",
            "received_on",
            "answered_on",
            "ended_on",
            "package_key",
        ],
        "personal": ["proposed_by"],
        "sealed": ["preview", "package"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    # Counts the texts: a consent is for one of them.
    version = models.PositiveIntegerField(default=1)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_on = models.DateField()
    consented_on = models.DateField(null=True)
    sent_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    # Sealed to the dialogue: what the reporter reads before she decides.
    preview = models.BinaryField()
    # A copy of the permitted sections under a Secret of its own, for the desk.
    package_key = models.OneToOneField(
        "vault.Key", on_delete=models.PROTECT, null=True, related_name="+"
    )
    package = models.BinaryField(null=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-proposed_on", "id"]

    def __str__(self) -> str:
        return f"referral {self.pk}"

    @property
    def organisation_id(self) -> uuid.UUID:
        """The organisation whose case it is; its events belong there."""
        return self.case.organisation_id

    @property
    def state_words(self) -> str:
        """Where it stands, for people: what was handed over was not sent."""
        if self.state == State.SENT and self.package_key_id is None:
            return gettext("handed over")
        return str(State(self.state).label)

    @property
    def preview_place(self) -> tuple[str, uuid.UUID, str, int]:
        return ("referral", self.pk, "preview", self.version)

    @property
    def package_place(self) -> tuple[str, uuid.UUID, str]:
        return ("referral", self.pk, "package")


class Consent(models.Model):
    """The reporter's agreement to one exact text for one partner (toestemming)."""

    CLASSED: ClassVar = {
        "open": ["id", "referral", "version", "given_on", "how"],
        "personal": ["recorded_by"],
        "sealed": ["text"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(
        Referral, on_delete=models.CASCADE, related_name="consents"
    )
    version = models.PositiveIntegerField()
    given_on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    # Empty when the reporter gave it herself in the mailbox.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Sealed to the dialogue, word for word what was agreed to.
    text = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["referral", "version"], name="one_consent_a_text"
            )
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"

    @property
    def place(self) -> tuple[str, uuid.UUID, uuid.UUID, int]:
        return ("consent", self.referral_id, self.pk, self.version)


class Answer(models.Model):
    """A word of the partner; the reporter reads it only after it is released (P-2)."""

    CLASSED: ClassVar = {
        "open": ["id", "referral", "number", "written_on", "released_on", "statement"],
        "personal": ["author"],
        "sealed": ["body"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(
        Referral, on_delete=models.CASCADE, related_name="answers"
    )
    number = models.PositiveIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_on = models.DateField()
    released_on = models.DateField(null=True)
    # The reporter's copy, sealed to the dialogue at its release.
    statement = models.OneToOneField(
        "cases.Statement", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    body = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["referral", "number"], name="one_answer_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    @property
    def place(self) -> tuple[str, uuid.UUID, str, uuid.UUID]:
        return ("referral", self.referral_id, "answer", self.pk)
