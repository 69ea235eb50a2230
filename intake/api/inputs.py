"""What programs send to the reporter's endpoints; every mistake is told at once."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from aftercare.services import MOODS, NEEDS
from intake import services
from intake.services import Contact, Report
from weerbaar import codes
from weerbaar.accounts.models import Organisation
from weerbaar.web.api import Serializer
from weerbaar.web.forms import LONGEST_TEXT


def _known(name: str) -> list[str]:
    return [c.code for c in codes.entries(name)]


def readable(text: str) -> None:
    """Refuse text that cannot be kept as it was sent: lost or lone halves of signs."""
    broken = "\ufffd" in text or any("\ud800" <= sign <= "\udfff" for sign in text)
    if broken:
        raise serializers.ValidationError(_("Send the text in UTF-8."), code="encoding")


class Words(serializers.CharField):
    """A person's words, kept as they are."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        validators = [readable]
        if not kwargs.get("required", True):
            kwargs.setdefault("default", "")
            kwargs.setdefault("allow_blank", True)
            kwargs.pop("required")
        super().__init__(**kwargs)
        self.validators = [*self.validators, *validators]


def coded(name: str, default: str = "") -> serializers.ChoiceField:
    """One code of a list; empty means not told."""
    return serializers.ChoiceField(
        choices=_known(name), default=default, allow_blank=True
    )


def coded_list(name: str) -> serializers.ListField:
    """Several codes of a list."""
    child = serializers.ChoiceField(choices=_known(name))
    return serializers.ListField(child=child, default=list, max_length=70)


class ContactInput(Serializer):
    """How to reach the reporter without harm."""

    channel = coded("contact_channels")
    phone = Words(max_length=30, required=False)
    email = Words(required=False)
    times = Words(required=False)
    voicemail = serializers.ChoiceField(
        choices=["yes", "no"], default="", allow_blank=True
    )
    cover = Words(required=False)


class ReportInput(Serializer):
    """A report; four properties are needed, as on the form."""

    organisation = serializers.PrimaryKeyRelatedField(
        queryset=Organisation.objects.receiving_reports(),
        pk_field=serializers.UUIDField(),
    )
    types = serializers.ListField(
        child=serializers.ChoiceField(choices=_known("incident_types")),
        max_length=70,
        help_text="Leeg betekent: weet ik niet.",
    )
    wish = serializers.ChoiceField(choices=_known("wishes"))
    anonymity = serializers.ChoiceField(choices=_known("anonymity"))
    reporterRole = coded("reporter_roles", "self")
    office = coded("office_roles")
    excluded = serializers.ListField(
        child=serializers.UUIDField(),
        default=list,
        max_length=100,
        help_text="Wie de melding niet mogen zien.",
    )
    story = Words(max_length=LONGEST_TEXT, required=False, trim_whitespace=False)
    occurredDate = serializers.DateField(default=None, allow_null=True)
    channels = coded_list("channels")
    perpetrators = coded_list("perpetrator_kinds")
    family = coded("yes_no")
    decisionInfluenced = coded("yes_no")
    name = Words(max_length=120, required=False)
    contact = ContactInput(default=dict)
    mayReread = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The same rules as on the form, from the same place."""
        contact = {name: "" for name in Contact.__dataclass_fields__} | attrs["contact"]
        mistakes: dict[str, Any] = {}
        if services.lacks_phone(
            wish=attrs["wish"], channel=contact["channel"], phone=contact["phone"]
        ):
            mistakes["phone"] = [_("Fill in the number that we may call.")]
        if services.lacks_email(channel=contact["channel"], email=contact["email"]):
            mistakes["email"] = [_("Fill in a whole e-mail address.")]
        found: dict[str, Any] = {"contact": mistakes} if mistakes else {}
        if services.lacks_name(anonymity=attrs["anonymity"], name=attrs["name"]):
            found["name"] = [_("Fill in your name, or choose “without my name”.")]
        if found:
            raise serializers.ValidationError(found)
        return {**attrs, "contact": contact}

    def report(self, today: date) -> Report:
        """The report that was sent. Raises ValidationError for a day still to come."""
        given = self.validated_data
        if given["occurredDate"] and given["occurredDate"] > today:
            mistake = _("This day is still to come.")
            raise serializers.ValidationError({"occurredDate": [mistake]})
        return Report(
            organisation=given["organisation"],
            types=given["types"],
            wish=given["wish"],
            anonymity=given["anonymity"],
            reporter_role=given["reporterRole"] or "self",
            office=given["office"],
            recused=[str(pk) for pk in given["excluded"]],
            story=given["story"],
            occurred=given["occurredDate"],
            channels=given["channels"],
            perpetrators=given["perpetrators"],
            family=given["family"],
            decision_influenced=given["decisionInfluenced"],
            name=given["name"],
            contact=Contact(**given["contact"]),
            may_reread=given["mayReread"],
        )


class MessageInput(Serializer):
    """A message to the handlers."""

    text = Words(max_length=LONGEST_TEXT, trim_whitespace=False)


class WishInput(Serializer):
    """What should be done."""

    wish = serializers.ChoiceField(choices=_known("wishes"))


class OfferInput(Serializer):
    """Yes or no to aftercare."""

    accept = serializers.BooleanField()


class AnswerInput(Serializer):
    """How she is doing."""

    mood = serializers.ChoiceField(choices=MOODS)
    needs = serializers.ChoiceField(choices=NEEDS)
    text = Words(max_length=LONGEST_TEXT, required=False)
    stop = serializers.BooleanField(default=False)


class ConsentInput(Serializer):
    """Yes to exactly one version of the text, no, or taken back."""

    choice = serializers.ChoiceField(choices=["yes", "no", "take_back"])
    version = serializers.IntegerField(
        default=0, min_value=0, help_text="De versie van de tekst die is gelezen."
    )
