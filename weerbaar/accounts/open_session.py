"""The row that lets a person see where she is signed in; nothing of where she is."""

import uuid
from typing import ClassVar

from django.db import models


class OpenSession(models.Model):
    """A session of a person (sessie): since when, last used, on what kind of device.

    It goes with the session's own row, whoever ends that. Moments are whole minutes.
    The device is the family of browser and system, sealed to the person herself; an
    address is nowhere.
    """

    CLASSED: ClassVar = {
        "open": ["id", "began_at", "seen_at"],
        "personal": ["user", "session"],
        "sealed": ["device"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        "accounts.User", on_delete=models.CASCADE, related_name="open_sessions"
    )
    session = models.OneToOneField(
        "sessions.Session", on_delete=models.CASCADE, related_name="opened"
    )
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    # Empty when the person had no vault yet.
    device = models.BinaryField()

    class Meta:
        ordering = ("-seen_at",)

    def __str__(self) -> str:
        return f"session of {self.user_id}"

    @property
    def place(self) -> tuple[str, uuid.UUID, uuid.UUID]:
        """Where the device's name is bound to: this row and its person."""
        return ("open session", self.pk, self.user_id)
