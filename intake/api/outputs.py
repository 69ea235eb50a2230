"""The shapes of what the reporter's endpoints answer, for the OpenAPI document."""

from typing import ClassVar

from rest_framework import serializers

from weerbaar.accounts.models import Organisation
from weerbaar.web.api import Serializer


class ReceiptOutput(Serializer):
    """The receipt of a report; shown once."""

    receipt = serializers.CharField()
    mailboxUrl = serializers.URLField()
    contactBy = serializers.DateField(allow_null=True)


class OrganisationOutput(serializers.ModelSerializer[Organisation]):
    """An organisation where one can report."""

    class Meta:
        model = Organisation
        fields: ClassVar = ["id", "slug", "name", "kind"]


class ReceiverOutput(Serializer):
    """Somebody who receives reports."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    office = serializers.CharField()


class CodeOutput(Serializer):
    """A code with its names."""

    code = serializers.CharField()
    nl = serializers.CharField()
    en = serializers.CharField()
    parent = serializers.CharField(allow_null=True)  # type: ignore[assignment]


class PersonOutput(Serializer):
    """A handler as the reporter knows her."""

    name = serializers.CharField()
    office = serializers.CharField()


class LookOutput(PersonOutput):
    """Somebody looked at the reporter's name."""

    lookedAtDate = serializers.DateField()


class PromiseOutput(Serializer):
    """What was promised by when."""

    text = serializers.CharField()
    dueDate = serializers.DateField()
    isLate = serializers.BooleanField()
    isYours = serializers.BooleanField()


class MessageOutput(Serializer):
    """A message, either way."""

    kind = serializers.CharField()
    isYours = serializers.BooleanField()
    author = serializers.CharField()
    writtenDate = serializers.DateField()
    text = serializers.CharField()


class OfferOutput(Serializer):
    """Aftercare that waits for a yes or no."""

    offeredDate = serializers.DateField()
    dates = serializers.ListField(child=serializers.DateField())


class MailboxCheckIn(Serializer):
    """A moment of asking how it goes."""

    id = serializers.UUIDField()
    dueDate = serializers.DateField()
    state = serializers.CharField()
    mayAnswer = serializers.BooleanField()


class ConsentOutput(Serializer):
    """A referral and the exact text for it."""

    id = serializers.UUIDField()
    partner = serializers.CharField()
    state = serializers.CharField()
    text = serializers.CharField()
    version = serializers.IntegerField()
    needsConsent = serializers.BooleanField()
    mayTakeBack = serializers.BooleanField()
    answer = serializers.CharField()


class MailboxOutput(Serializer):
    """The mailbox."""

    organisation = serializers.CharField()
    state = serializers.CharField()
    stateName = serializers.CharField()
    stateText = serializers.CharField()
    handler = PersonOutput(allow_null=True)
    promises = PromiseOutput(many=True)
    messages = MessageOutput(many=True)
    aftercareOffer = OfferOutput(allow_null=True)
    checkIns = MailboxCheckIn(many=True)
    consents = ConsentOutput(many=True)
    nameLookedAt = LookOutput(many=True)
    mayWithdraw = serializers.BooleanField()
    mayReread = serializers.BooleanField()
