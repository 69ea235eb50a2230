"""The network's signature under what it published or withdrew."""

from typing import ClassVar

from django.db import models

from weerbaar.network.models.release import Release


class Attestation(models.Model):
    """The network's signature under a release or its withdrawal (ondertekening)."""

    CLASSED: ClassVar = {
        "open": ["id", "release", "act", "note", "verifier", "signed_at"],
        "personal": [],
        "sealed": [],
    }

    release = models.ForeignKey(
        Release, on_delete=models.PROTECT, related_name="attestations"
    )
    act = models.CharField(max_length=10)
    # A signed note, and the key by which it is checked (c2sp.org/signed-note).
    note = models.TextField()
    verifier = models.CharField(max_length=200)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ("signed_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["release", "act"], name="one_signature_an_act"
            )
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.act}"
