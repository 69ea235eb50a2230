"""How a reporter said something that needs her word."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class How(models.TextChoices):
    """How consent was given or refused."""

    MAILBOX = "mailbox", _("in the mailbox")
    PHONE = "phone", _("by telephone")
    IN_PERSON = "in_person", _("in person")
    LETTER = "letter", _("by letter")


# What a handler can record; the mailbox is the reporter's own.
RECORDED = (How.PHONE, How.IN_PERSON, How.LETTER)
