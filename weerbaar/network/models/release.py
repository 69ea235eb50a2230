"""A release of figures: protected tables of a period, and who stood for them."""

import hashlib
import json
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.network.periods import QUARTERS, VINTAGES, is_due, period_of
from weerbaar.network.workflow import WAITING, ReleaseWorkflow, State
from weerbaar.web.refusals import Refusal


def canonical(snapshot: dict[str, Any]) -> bytes:
    """The one form of a snapshot as bytes: sorted keys, no spaces, ASCII."""
    return json.dumps(
        snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=True
    ).encode()


def digest_of(snapshot: dict[str, Any]) -> str:
    """The address of a snapshot by its content: SHA-256 over its one canonical form."""
    return hashlib.sha256(canonical(snapshot)).hexdigest()


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, user: User) -> "ReleaseQuerySet":
        """What was ever published, for members of the network; drafts for analysts."""
        if user.may_anywhere(Permission.PUBLISH_FIGURES):
            return self
        if user.may_anywhere(Permission.READ_FIGURES):
            return self.filter(published_at__isnull=False)
        return self.none()

    def open_to(self, user: User | AnonymousUser) -> "ReleaseQuerySet":
        """What this visitor may take along: in public figures what is in force."""
        if isinstance(user, User) and user.may_anywhere(Permission.READ_FIGURES):
            return self.visible_to(user)
        return (
            self.filter(state=State.PUBLISHED)
            if settings.PUBLIC_FIGURES
            else self.none()
        )

    def in_force(self) -> "ReleaseQuerySet":
        """The published release of each year, the newest year first."""
        return self.filter(state=State.PUBLISHED).order_by("-year")

    def withdrawn_since(self, newest: "Release | None") -> "ReleaseQuerySet":
        """What was taken back of years after the newest figures in force."""
        gone = self.filter(state=State.WITHDRAWN).order_by("-year", "-published_at")
        return gone.filter(year__gt=newest.year) if newest else gone

    def once_published(self) -> "ReleaseQuerySet":
        """All that was ever published, also what was replaced or withdrawn."""
        return self.filter(published_at__isnull=False)

    def times_published(self, year: int, quarters: int) -> int:
        """How often a period was published."""
        return self.once_published().filter(year=year, quarters=quarters).count()

    def waiting(self) -> "ReleaseQuerySet":
        """Made, and not yet published nor put aside."""
        return self.filter(state__in=WAITING)


class Withdrawn(Refusal):
    """The figures were taken back: nothing of them is given out any more."""

    status = 410
    title = _("These figures were withdrawn")
    detail = _("Do not use them any more, and destroy what you kept.")


class Withdrawal(models.TextChoices):
    """Why published figures were taken back."""

    WRONG = "wrong", _("something was counted wrongly")
    TELLS = "tells", _("the figures told too much")


class Release(ReleaseWorkflow):
    """Protected tables of a year up to a quarter (cijferpublicatie); no record."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "state",
            "year",
            "quarters",
            "plan",
            "made_at",
            "snapshot",
            "digest",
            "seed_commitment",
            "left_out",
            "findings",
            "report",
            "approved_at",
            "published_at",
            "vintage",
            "withdrawn_at",
            "withdrawn_why",
            "withdrawn_words",
        ],
        "personal": ["approved_by", "published_by", "withdrawn_by"],
        "sealed": ["ledger"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField()
    quarters = models.PositiveSmallIntegerField()
    plan = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)
    # SHA-256 of the secret seed of the rounding: nobody can choose it afterwards.
    seed_commitment = models.CharField(max_length=64, blank=True)
    # Seed, truth and the numbers behind dots, sealed to the network's Secret.
    ledger = models.BinaryField(null=True)
    # Contributions that could not be opened or fit no category; told to analysts only.
    left_out = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)
    # What the checker did at the count, as numbers; said in words on the page.
    report = models.JSONField(default=dict)
    approved_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    # The first or second time that this period was published.
    vintage = models.PositiveSmallIntegerField(null=True)
    # What stays of withdrawn figures on the outside. Their numbers stay here: a later
    # release has to hold to whatever others may have kept (statistics, rule 17).
    withdrawn_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(
        max_length=10, choices=Withdrawal.choices, blank=True
    )
    withdrawn_words = models.CharField(max_length=300, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-made_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year"],
                condition=models.Q(state="published"),
                name="one_release_in_force_a_year",
            ),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | ~models.Q(published_by=models.F("approved_by")),
                name="two_people_publish",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.quarters} {self.digest[:8]}"

    @property
    def period(self) -> str:
        """What the figures are about, in words."""
        return period_of(self.year, self.quarters)

    @property
    def bound(self) -> int:
        """How far a number can lie from the truth, and what a 0 can stand for."""
        return int(self.snapshot["rule"]["bound"])

    @property
    def is_provisional(self) -> bool:
        """Definitive is a whole year, published for the second and last time."""
        return self.quarters < QUARTERS or self.vintage != VINTAGES

    @property
    def status(self) -> str:
        """Provisional or definitive, in a word."""
        return gettext("provisional") if self.is_provisional else gettext("definitive")

    @property
    def is_intact(self) -> bool:
        """Is the snapshot still the one that was made?"""
        return digest_of(self.snapshot) == self.digest

    def check_shown(self) -> None:
        """May its numbers be shown? Raises Withdrawn."""
        if self.state == State.WITHDRAWN:
            why = capfirst(self.get_withdrawn_why_display())
            raise Withdrawn(f"{why}. {self.withdrawn_words} {Withdrawn.detail}")

    @property
    def has_numbers(self) -> bool:
        """Are there tables, and may they be shown?"""
        return bool(self.snapshot["tables"]) and self.state != State.WITHDRAWN

    @property
    def signed_note(self) -> str:
        """The network's signature under the publication; empty until it is there."""
        signed = self.attestations.filter(act=State.PUBLISHED).first()
        return signed.note if signed else ""

    @property
    def next_vintage(self) -> int:
        """Which time it would be that this period is published."""
        return Release.objects.times_published(self.year, self.quarters) + 1

    @property
    def is_due(self) -> bool:
        """May this period be published, or once more when it was counted in time?"""
        return is_due(
            self.next_vintage - 1,
            year=self.year,
            quarters=self.quarters,
            counted_on=timezone.localdate(self.made_at),
        )
