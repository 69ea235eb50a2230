"""Files that belong to a case, and files that belong to none (yet, or any more)."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from cases.models.case import Case


class LooseFileQuerySet(models.QuerySet["LooseFile"]):
    def untouched_since(self, moment: datetime) -> "LooseFileQuerySet":
        return self.filter(touched_at__lt=moment)


class LooseFile(models.Model):
    """A stored file that no case names: of a draft, or to be removed (los bestand).

    Written before the first byte is stored, and gone when a case takes the file over or
    when the storage has removed it. What is left untouched is removed.
    """

    CLASSED: ClassVar = {
        "open": ["id", "touched_at"],
        "personal": [],
        "sealed": [],
    }

    # The name in the storage as well.
    id = models.UUIDField(primary_key=True, editable=False)
    touched_at = models.DateTimeField(db_index=True)

    objects = LooseFileQuerySet.as_manager()

    def __str__(self) -> str:
        return f"loose file {self.pk}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def of_reporter(self) -> "AttachmentQuerySet":
        """What came from the reporter, with the report or later."""
        return self.filter(added_by=None)


class Attachment(models.Model):
    """A file in a case (bijlage): what it is called, what it is and its key are sealed.

    The description is sealed to a public half, so that who holds only a receipt can
    add a file and not read it back.
    """

    CLASSED: ClassVar = {
        "open": [
            "id",
            "case",
            "key",
            "blob",
            "original",
            "stored_size",
            "added_on",
            "sequence",
        ],
        "personal": ["added_by"],
        "sealed": ["sealed"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Deleting the rows alone would leave the files: cases.services.drop_files first.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    # Whose Secret opens the description: the case's, or the dialogue's.
    key = models.ForeignKey("vault.Key", on_delete=models.PROTECT, related_name="+")
    # Names in the storage: what handlers get, and the untouched original, if kept.
    blob = models.UUIDField(unique=True)
    original = models.UUIDField(unique=True, null=True)
    # Of both together, in bytes, as they lie there.
    stored_size = models.BigIntegerField()
    added_on = models.DateField()
    # Empty when it came from the reporter.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Files of one day keep the order in which they came.
    sequence = models.PositiveIntegerField()
    sealed = models.BinaryField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["sequence"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "sequence"], name="one_attachment_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"attachment {self.pk}"

    @property
    def place(self) -> tuple[str, uuid.UUID, uuid.UUID]:
        """Where this ciphertext belongs; anywhere else it does not open."""
        return ("attachment", self.case_id, self.pk)
