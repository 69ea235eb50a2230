"""The notice: for whom, that something is ready, and where; never what it says."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from cases.models import Case
from weerbaar.accounts.models import User
from weerbaar.notices.catalogue import sentence


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> "NoticeQuerySet":
        """One's own notices; of a case only while one may still know of the case."""
        return self.filter(recipient=user).filter(
            Q(case_id__isnull=True)
            | Q(case_id__in=Case.objects.visible_to(user).values("pk"))
        )

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """Tells one person that something is ready (bericht voor de behandelaar)."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "kind",
            "case_id",
            "page",
            "argument",
            "made_at",
            "read_at",
            "mailed_at",
        ],
        "personal": ["recipient"],
        "sealed": [],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    # The kind of event that it tells of; the catalogue has its sentence.
    kind = models.CharField(max_length=40)
    # No foreign key: a notice must not keep an erased case alive, nor delay erasing it.
    case_id = models.UUIDField(null=True)
    page = models.CharField(max_length=40)
    argument = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["recipient"],
                name="notice_unread",
                condition=models.Q(read_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def text(self) -> Promise:
        """The sentence of the page."""
        return sentence(self.kind, self.page)

    @property
    def url(self) -> str:
        """Where it leads; empty when the page does not exist (any more)."""
        try:
            return reverse(self.page, args=[self.argument] if self.argument else [])
        except NoReverseMatch:
            return ""
