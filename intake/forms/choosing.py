"""Pages 6 and 7: what should happen, safe contact, a name or none, and the figures."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from intake.forms.fields import CountedField, Line, coded
from intake.forms.page import StepForm
from intake.services.report import lacks_email, lacks_name, lacks_phone
from weerbaar.web.forms import ChoiceField, TickField


class WishForm(StepForm):
    """What should happen (3 of 4), and how to reach her without harm (R-11)."""

    title = _("What do you want us to do?")
    why = _("You decide. You can change this later with your code.")
    summary = (
        (_("What you want"), ("wish",)),
        (
            _("Safe contact"),
            (
                "channel",
                "phone",
                "email",
                "times",
                "voicemail",
                "cover",
            ),
        ),
    )

    wish = ChoiceField(
        label=_("Choose what fits you now"),
        choices=coded("wishes"),
        hints={
            "record": _("We do nothing else with it."),
            "help_aangifte": _("You decide yourself whether you file it."),
        },
        error_messages={
            "required": _("Choose what you want, or choose “I do not know yet”.")
        },
    )
    channel = ChoiceField(
        label=_("How may we reach you?"),
        choices=coded("contact_channels"),
        required=False,
    )
    phone = Line(
        label=_("Telephone number"), required=False, max_length=30, width="medium"
    )
    email = Line(
        label=_("E-mail address"), required=False, max_length=200, width="medium"
    )
    times = Line(label=_("When can you be reached safely?"), required=False)
    voicemail = ChoiceField(
        label=_("May we leave a message on your voicemail?"),
        choices=coded("yes_no", ["yes", "no"]),
        required=False,
    )
    cover = Line(
        label=_("What do we say if somebody else answers?"),
        help_text=_("For example: that we call about a meeting."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Who wants to be called or mailed tells where; an address looks like one."""
        cleaned = super().clean() or self.cleaned_data
        wish, channel, phone, email = (
            cleaned.get(n) or "" for n in ("wish", "channel", "phone", "email")
        )
        if "phone" not in self.errors and lacks_phone(
            wish=wish, channel=channel, phone=phone
        ):
            self.add_error(
                "phone",
                _("Fill in the number that we may call, or choose something else."),
            )
        if "email" not in self.errors and lacks_email(channel=channel, email=email):
            self.add_error(
                "email",
                _("Fill in an address such as name@example.nl, or choose another way."),
            )
        return cleaned


class NameForm(StepForm):
    """With or without a name (4 of 4), reading back, and being counted or not."""

    title = _("Do you want to give your name?")
    why = _("Without a name we help you too. We then reach you only with your code.")
    summary = (
        (
            _("With or without a name"),
            (
                "anonymity",
                "name",
            ),
        ),
        (_("Read back later"), ("may_reread",)),
        (_("Counted anonymously"), ("counted",)),
    )

    anonymity = ChoiceField(
        label=_("How do you want to report?"),
        choices=coded("anonymity"),
        hints={
            "confidential": _(
                "Only two people together can see your name. You read it when they do."
            ),
            "named": _("Your handlers see your name."),
        },
        error_messages={"required": _("Choose whether you want to give your name.")},
    )
    name = Line(label=_("Your name"), required=False, max_length=120, width="medium")
    may_reread = TickField(
        label=_("I want to be able to read my report back later"),
        help_text=_("Then whoever has your code can read it too."),
        required=False,
    )
    counted = CountedField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if lacks_name(
            anonymity=cleaned.get("anonymity", ""), name=cleaned.get("name", "")
        ):
            self.add_error("name", _("Fill in your name, or choose “without my name”."))
        if cleaned.get("anonymity") == "anonymous":
            # A name typed before she chose to stay anonymous goes nowhere.
            cleaned["name"] = ""
        return cleaned
