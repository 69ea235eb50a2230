"""What the reporter's door keeps: a receipt's tag, sealed cookies that expire."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Receipt(models.Model):
    """The mark of seven words that only the reporter knows (meldcode).

    It names no case: the Secret behind the words holds the dialogue's grant. Deleting
    this row and that grant closes the reporter's access for good (R-10).
    """

    CLASSED: ClassVar = {
        "open": ["id", "tag", "key", "made_on"],
        "personal": [],
        "sealed": [],
    }

    tag = models.BinaryField(max_length=16, unique=True)
    key = models.OneToOneField("vault.Key", on_delete=models.CASCADE, related_name="+")
    made_on = models.DateField()

    def __str__(self) -> str:
        return f"receipt {self.pk}"


class CookieKind(models.TextChoices):
    """What a sealed cookie is for."""

    DRAFT = "draft", _("report that is being filled in")
    MAILBOX = "mailbox", _("opened mailbox")
    ANSWER = "answer", _("answer of the API to a report")


class SealedCookieQuerySet(models.QuerySet["SealedCookie"]):
    def idle_since(self, moment: datetime) -> "SealedCookieQuerySet":
        return self.filter(touched_at__lt=moment)


class SealedCookie(models.Model):
    """Data of somebody without an account (concept); the key exists only in the cookie.

    The row holds a tag of the cookie and what is sealed under it: nothing in clear, and
    nothing that a dump or an administrator could open.
    """

    CLASSED: ClassVar = {
        "open": ["id", "tag", "kind", "touched_at"],
        "personal": [],
        "sealed": ["sealed"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tag = models.BinaryField(max_length=16, unique=True)
    kind = models.CharField(max_length=8, choices=CookieKind.choices)
    sealed = models.BinaryField()
    touched_at = models.DateTimeField(db_index=True)

    objects = SealedCookieQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def place(self) -> tuple[str, str, uuid.UUID]:
        """Where this ciphertext belongs; anywhere else it does not open."""
        return ("sealed_cookie", self.kind, self.pk)
