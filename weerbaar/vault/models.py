"""Open halves of keys, grants from one key to another, and a person's unlockers.

These rows say who can open what. Without a person's password, code or token, or the
Secret of a receipt, they open nothing.
"""

import base64
import hashlib
import uuid
from typing import ClassVar

from django.db import models

from weerbaar.vault.core import (
    CHECK_SIZE,
    PUBLIC_SIZE,
    PublicKey,
    Tampered,
    context,
)


class KeyKind(models.TextChoices):
    """What a Secret is of."""

    PERSON = "person"
    CASE = "case"
    DIALOGUE = "dialogue"
    IDENTITY = "identity"
    RECEIPT = "receipt"
    DESK = "desk"
    REFERRAL = "referral"
    NETWORK = "network"
    ROOT = "root"
    APPROVAL = "approval"


class Key(models.Model):
    """The open half of a Secret (sleutel)."""

    CLASSED: ClassVar = {
        "open": ["id", "kind", "public", "check_tag", "erasure_id", "made_on"],
        "personal": [],
        "sealed": [],
    }

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=20, choices=KeyKind.choices)
    public = models.BinaryField(max_length=PUBLIC_SIZE)
    # A tag by which an unsealed Secret is recognised (Secret.check).
    check_tag = models.BinaryField(max_length=CHECK_SIZE)
    # Which erasure key its Secret is made with. Emptying this fakes nothing: the Secret
    # without it is not the one that the id commits to.
    erasure_id = models.UUIDField(null=True)
    # A day, not a moment: a key must not tell when exactly somebody reported.
    made_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def public_key(self) -> PublicKey:
        """The public half. Raises Tampered when it is not the one this id was made of.

        So nobody who can write rows can put his own public half under another's id.
        """
        public = PublicKey(bytes(self.public))
        if public.id != self.pk:
            raise Tampered("The public half does not belong to this key id.")
        return public


class ErasureKey(models.Model):
    """32 bytes without which a case opens for nobody (wissleutel).

    It stands in a database of its own, whose backups are kept for days, not years. Its
    destruction reaches every other backup (research: crypto 3e).
    """

    CLASSED: ClassVar = {
        "open": ["id", "made_on"],
        "personal": [],
        "sealed": ["value"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    value = models.BinaryField(max_length=32)
    # To find those that a broken-off request left without a case.
    made_on = models.DateField()

    def __str__(self) -> str:
        return f"erasure key {self.pk}"


class Grant(models.Model):
    """One Secret sealed to the public half of another; all access is having one.

    `share` is 0 for a whole Secret; other numbers are parts that open nothing alone.
    """

    CLASSED: ClassVar = {
        "open": ["id", "key", "holder", "share", "made_on"],
        "personal": [],
        "sealed": ["sealed"],
    }

    key = models.ForeignKey(Key, on_delete=models.CASCADE, related_name="grants")
    holder = models.ForeignKey(Key, on_delete=models.CASCADE, related_name="held")
    share = models.SmallIntegerField(default=0)
    sealed = models.BinaryField()
    made_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key", "holder", "share"], name="one_grant_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key_id} to {self.holder_id}"

    @property
    def place(self) -> tuple[str, uuid.UUID, uuid.UUID, int]:
        """Where the sealed Secret is bound to: this key, this holder, this share."""
        return ("grant", self.key_id, self.holder_id, self.share)

    @property
    def digest(self) -> str:
        """By which the history knows this row: base64 of SHA-256 over all it holds."""
        whole = context(*self.place, bytes(self.sealed))
        return base64.b64encode(hashlib.sha256(whole).digest()).decode()


class Endorsement(models.Model):
    """A signature that a person's public half counts here (bekrachtiging).

    A row alone is nothing: `vault.endorsing.Chains` decides by the signatures.
    """

    CLASSED: ClassVar = {
        "open": [
            "id",
            "key",
            "organisation_id",
            "role",
            "by_key",
            "signature",
            "made_on",
            "ended_on",
            "broken_on",
        ],
        "personal": ["person_id"],
        "sealed": [],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="endorsements")
    organisation_id = models.UUIDField()
    person_id = models.UUIDField()
    role = models.CharField(max_length=20)
    by_key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="endorsed")
    signature = models.BinaryField(max_length=64)
    made_on = models.DateField()
    # She left: she receives no more, whom she vouched for stays.
    ended_on = models.DateField(null=True)
    # Her Secret may have been in other hands: what it signed counts no more.
    broken_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation_id"])]

    def __str__(self) -> str:
        return f"{self.role} {self.key_id} by {self.by_key_id}"


class UnlockerKind(models.TextChoices):
    """What opens a person's own Secret."""

    PASSWORD = "password"  # noqa: S105 - the name of a kind, not a password
    RECOVERY = "recovery"
    TOKEN = "token"  # noqa: S105 - the name of a kind, not a token
    PASSKEY = "passkey"
    SERVER = "server"


class Unlocker(models.Model):
    """A person's own Secret, wrapped by what she knows or has (ontgrendeling).

    Any one of them opens the vault, as the key slots of an encrypted disk do.
    """

    CLASSED: ClassVar = {
        "open": ["id", "key", "kind", "params", "made_on", "last_used_on"],
        "personal": ["label"],
        "sealed": ["wrapped"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(Key, on_delete=models.CASCADE, related_name="unlockers")
    kind = models.CharField(max_length=20, choices=UnlockerKind.choices)
    params = models.JSONField()
    wrapped = models.BinaryField()
    label = models.CharField(max_length=80, blank=True)
    made_on = models.DateField()
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            # One password and one recovery code at a time; others as many as needed.
            models.UniqueConstraint(
                fields=["key", "kind"],
                condition=~models.Q(kind__in=["token", "passkey"]),
                name="one_unlocker_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.key_id}"

    @property
    def place(self) -> tuple[str, uuid.UUID, uuid.UUID, str]:
        """Where the wrapped Secret is bound to: this row, its key and its kind."""
        return ("unlocker", self.pk, self.key_id, str(self.kind))
