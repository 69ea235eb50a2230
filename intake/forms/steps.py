"""The seven steps of the report form; four answers are needed, the others are not.

What is asked and why: organisation (who may receive it), readers (conflict of
interest), kind and circumstances (which help fits), wish (the reporter decides), name
(as little as she wants).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.forms.fields import Line, Story, coded, offices, types_below
from intake.services.report import (
    UNKNOWN,
    Contact,
    Report,
    asks_about_family,
    is_temptation,
    lacks_email,
    lacks_name,
    lacks_phone,
    merged_types,
)
from weerbaar import codes
from weerbaar.accounts.models import Organisation
from weerbaar.web.forms import ChoiceField, ChoicesField, DateField, Form, TickField

# From how many organisations on a list to choose from reads better than buttons.
MANY = 8


@dataclass(frozen=True)
class Context:
    """What a step needs to know: the answers so far, and who receives reports there."""

    answers: Mapping[str, Any]
    today: date
    organisations: list[Organisation]
    receivers: list[tuple[str, str]]
    second_line: str = ""
    on_behalf: bool = False

    def get(self, name: str, default: Any = "") -> Any:
        return self.answers.get(name) or default


class StepForm(Form):
    """A page of the form; knows the answers of the other pages."""

    title: ClassVar[str | Promise] = ""
    why: ClassVar[str | Promise] = ""
    # The lines of the check page: what it is about, and the fields told in it.
    summary: ClassVar[tuple[tuple[str | Promise, tuple[str, ...]], ...]] = ()

    def __init__(self, *args: Any, context: Context, **kwargs: Any) -> None:
        self.context = context
        super().__init__(*args, **kwargs)
        self.adapt()

    def adapt(self) -> None:
        """Fit the questions to the answers so far."""


class AboutForm(StepForm):
    """Which organisation, whose office; the organisation is needed (1 of 4)."""

    title = _("Who is it about?")
    why = _("So your report reaches the right people.")
    summary = (
        (_("Organisation"), ("organisation",)),
        (_("For whom"), ("reporter_role",)),
        (_("Office"), ("office",)),
    )

    organisation = ChoiceField(
        label=_("Which organisation does the office holder belong to?"),
        error_messages={"required": _("Choose the organisation of the office holder.")},
    )
    reporter_role = ChoiceField(
        label=_("For whom do you report?"),
        choices=coded("reporter_roles"),
        required=False,
        initial="self",
    )
    office = forms.ChoiceField(
        label=_("Which office does this person hold?"), required=False, choices=offices
    )

    def adapt(self) -> None:
        field = self.fields["organisation"]
        field.choices = [(o.slug, o.name) for o in self.context.organisations]  # type: ignore[attr-defined]
        if len(self.context.organisations) > MANY:
            field.widget = forms.Select(
                choices=[("", _("Choose an organisation")), *field.choices],  # type: ignore[attr-defined]
                attrs={"autocomplete": "off"},
            )
        if self.context.on_behalf:
            self.fields["reporter_role"].initial = "on_behalf"


class ReadersForm(StepForm):
    """Who must not see it (R-12); a person ticked here gets no key, row or notice."""

    title = _("Who may not read your report?")
    why = _("Somebody you tick does not even see that there is a report.")
    summary = ((_("May not read it"), ("recused",)),)

    recused = ChoicesField(
        label=_("These people receive reports. Tick who does not get yours."),
        required=False,
    )

    def adapt(self) -> None:
        self.fields["recused"].choices = self.context.receivers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """When nobody is left, say so before sending, and where to go instead."""
        cleaned = super().clean() or self.cleaned_data
        if len(cleaned.get("recused", [])) >= len(self.context.receivers):
            self.add_error(
                "recused" if self.context.receivers else None,
                forms.ValidationError(
                    _(
                        "Nobody is left who can receive your report here. Nothing was "
                        "sent. Leave at least one person, or call %(desk)s."
                    ),
                    code="nobody",
                    params={"desk": self.desk},
                ),
            )
        return cleaned

    @property
    def desk(self) -> str:
        """The other desk: the organisation's own, else the support team."""
        line = settings.SUPPORT_LINE
        return self.context.second_line or f"{line['name']}, {line['phone']}"


class KindForm(StepForm):
    """What sort of thing happened (2 of 4); not knowing is an answer."""

    title = _("What happened?")
    why = _("This tells us which help fits.")
    summary = ((_("What happened"), ("groups",)),)

    groups = ChoicesField(
        label=_("Tick everything that fits"),
        choices=[
            *coded("incident_types", [g.code for g in codes.incident_groups()]),
            (UNKNOWN, _("I do not know")),
        ],
        hints={
            "threat_intimidation": _("also a hint, or a visit at your home"),
            "digital_aggression": _(
                "such as a hate campaign or spreading your address"
            ),
            "temptation": _("such as a gift, favour or bribe"),
            "undermining": _("such as pressure by criminals"),
        },
        error_messages={
            "required": _("Tick what fits, or tick “I do not know”."),
        },
    )


class StoryForm(StepForm):
    """The story, as long or short as she wants, and words that fit more precisely."""

    title = _("What do you want to tell about it?")
    why = _("Tell it once, in your own words. Or leave it empty.")
    summary = (
        (_("Your story"), ("story",)),
        (_("More precisely"), ("types",)),
    )

    story = Story(label=_("Your story"), required=False, rows=10)
    types = ChoicesField(label=_("Do any of these words fit?"), required=False)

    def adapt(self) -> None:
        groups = [g for g in self.context.get("groups", []) if g != UNKNOWN]
        if is_temptation(groups):
            self.fields["story"].label = _(
                "What was offered or asked, and what was expected in return?"
            )
        if groups:
            self.fields["types"].choices = types_below(groups)  # type: ignore[attr-defined]
        else:
            del self.fields["types"]


class CircumstancesForm(StepForm):
    """When, where, how and by whom; all of it may be left out."""

    title = _("When, where and by whom?")
    why = _("Fill in what you know. You can skip every question.")
    summary = (
        (_("When"), ("occurred",)),
        (_("Where or how"), ("channels",)),
        (_("Who did it"), ("perpetrators",)),
        (_("Family or housemates affected"), ("family",)),
        (_("Decision influenced"), ("decision_influenced",)),
    )

    occurred = DateField(label=_("When did it happen?"), required=False)
    channels = ChoicesField(
        label=_("Where or how did it happen?"),
        choices=coded("channels"),
        required=False,
    )
    perpetrators = ChoicesField(
        label=_("Who did it, as far as you know?"),
        choices=coded("perpetrator_kinds"),
        required=False,
    )
    family = ChoiceField(
        label=_("Does it also affect your family or housemates?"),
        choices=coded("yes_no"),
        required=False,
    )
    decision_influenced = ChoiceField(
        label=_("Did it influence a decision, a vote or what was said?"),
        help_text=_("Only your handlers see this."),
        choices=coded("yes_no"),
        required=False,
    )

    def adapt(self) -> None:
        if is_temptation(self.context.get("groups", [])):
            self.fields["perpetrators"].label = _(
                "Who made the offer, as far as you know?"
            )
        if not asks_about_family(
            types=self.context.get("types", []),
            channels=self.context.get("channels", []),
            reporter_role=self.context.get("reporter_role"),
        ):
            del self.fields["family"]

    def clean_occurred(self) -> date | None:
        found: date | None = self.cleaned_data["occurred"]
        if found and found > self.context.today:
            raise forms.ValidationError(
                _("This day is still to come. Fill in the day on which it happened."),
                code="future",
            )
        return found


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
    """With or without a name (4 of 4), and whether she can read her report back."""

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
    )

    anonymity = ChoiceField(
        label=_("How do you want to report?"),
        choices=coded("anonymity"),
        hints={
            "confidential": _(
                "Who wants to see your name must say why. You see that too."
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


STEPS: dict[str, type[StepForm]] = {
    str(number): form
    for number, form in enumerate(
        (
            AboutForm,
            ReadersForm,
            KindForm,
            StoryForm,
            CircumstancesForm,
            WishForm,
            NameForm,
        ),
        start=1,
    )
}


def clean_all(
    answers: Mapping[str, Mapping[str, list[str]] | None], context: Any
) -> tuple[dict[str, StepForm], str | None]:
    """All steps bound to their answers, and the first that is not yet right, if any.

    `context` gives the Context for the cleaned answers so far: each step is judged with
    those before it.
    """
    done: dict[str, StepForm] = {}
    cleaned: dict[str, Any] = {}
    for name, form_class in STEPS.items():
        given = answers.get(name)
        if given is None:
            return done, name
        form = form_class(MultiValueDict(given), context=context(cleaned))
        done[name] = form
        if not form.is_valid():
            return done, name
        cleaned.update(form.cleaned_data)
    return done, None


def report_from(cleaned: Mapping[str, Any], organisation: Organisation) -> Report:
    """The report that the cleaned answers of all steps make together."""
    contact = {name: cleaned.get(name) or "" for name in Contact.__dataclass_fields__}
    return Report(
        organisation=organisation,
        types=merged_types(cleaned["groups"], cleaned.get("types") or []),
        wish=cleaned["wish"],
        anonymity=cleaned["anonymity"],
        reporter_role=cleaned.get("reporter_role") or "self",
        office=cleaned.get("office") or "",
        recused=list(cleaned.get("recused") or []),
        story=cleaned.get("story") or "",
        occurred=cleaned.get("occurred"),
        channels=list(cleaned.get("channels") or []),
        perpetrators=list(cleaned.get("perpetrators") or []),
        family=cleaned.get("family") or "",
        decision_influenced=cleaned.get("decision_influenced") or "",
        name=cleaned.get("name") or "",
        contact=Contact(**contact),
        may_reread=bool(cleaned.get("may_reread")),
    )
