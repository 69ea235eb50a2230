"""Pages 3 to 5: what happened, the story, and when, where and by whom."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.forms.fields import Story, coded, types_below
from intake.forms.page import StepForm
from intake.services.report import UNKNOWN, asks_about_family, is_temptation
from weerbaar import codes
from weerbaar.web.forms import ChoiceField, ChoicesField, DateField


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
    why = _("Fill in what you know.")
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
        label=_("Who did it?"),
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
