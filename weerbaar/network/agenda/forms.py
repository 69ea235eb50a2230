"""What members and analysts fill in: themes, activities, results and instruments."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases import guidance
from weerbaar import codes
from weerbaar.network.periods import open_years
from weerbaar.web.forms import ChoicesField, Form, LongTextField, TextField
from weerbaar.web.money import UnreadableEuros, read_euros

# A column of the database holds no more.
MOST = 2_000_000_000


def _years() -> list[tuple[str, str]]:
    years = open_years(timezone.localdate())
    return [(str(year), str(year)) for year in years]


def _topics() -> list[tuple[str, Any]]:
    return [("", _("none of these")), *codes.choices("policy_topics")]


class EuroField(forms.CharField):
    """An amount in whole euros; cleaned to an int, one at least."""

    default_error_messages: ClassVar = {
        "unreadable": _("Fill in whole euros, for example 12.500."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"class": "wb-width-short", "inputmode": "numeric"}

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        if not typed:
            return None
        try:
            amount = read_euros(typed)
        except UnreadableEuros:
            amount = 0
        if not 0 < amount <= MOST:
            raise forms.ValidationError(
                self.error_messages["unreadable"], code="unreadable"
            )
        return amount

    def run_validators(self, value: Any) -> None:
        """An amount needs none of the validators of text."""


class ThemeForm(Form):
    """A theme by a policy topic, whose figure is shown, or by a name of its own."""

    year = forms.ChoiceField(
        label=_("Year"),
        choices=_years,
        error_messages={
            "required": _("Choose the year of the theme."),
            "invalid_choice": _("Choose a year from the list."),
        },
    )
    topic = forms.ChoiceField(
        label=_("Policy topic"),
        required=False,
        choices=_topics,
        help_text=_("With a topic the number of reports stands beside the theme."),
        error_messages={"invalid_choice": _("Choose a topic from the list.")},
    )
    title = TextField(
        label=_("Name"),
        required=False,
        max_length=80,
        help_text=_("Only for a theme that is none of the topics."),
        error_messages={"max_length": _("Use at most 80 characters for the name.")},
    )
    sentence = TextField(
        label=_("Why this theme"),
        max_length=300,
        help_text=_("One sentence that everybody in the network reads."),
        error_messages={
            "required": _(
                "Say in one sentence why the network should choose this theme."
            ),
            "max_length": _("Use at most 300 characters for the reason."),
        },
    )

    question = TextField(
        label=_("Question for research"),
        required=False,
        max_length=300,
        help_text=_("What should the network know that nobody knows yet?"),
        error_messages={
            "max_length": _("Use at most 300 characters for the question.")
        },
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("topic") and not found.get("title"):
            self.add_error("topic", _("Choose a topic or fill in a name."))
        if found.get("topic") and found.get("title"):
            self.add_error("title", _("Leave the name empty: the topic is the name."))
        return found


class ActivityForm(Form):
    """What is done about a theme, and the money for it."""

    title = TextField(
        label=_("Activity"),
        max_length=120,
        error_messages={
            "required": _("Give the activity a name."),
            "max_length": _("Use at most 120 characters for the activity."),
        },
    )
    aim = TextField(
        label=_("What it should bring"),
        max_length=300,
        error_messages={
            "required": _("Say in one sentence what it should bring."),
            "max_length": _("Use at most 300 characters for what it should bring."),
        },
    )
    euros = EuroField(
        label=_("Money in whole euros"),
        help_text=_("For example 12.500."),
        error_messages={"required": _("Fill in how many euros it costs.")},
    )


class ResultForm(Form):
    """What came of an activity."""

    result = LongTextField(
        label=_("Result"),
        max_length=1000,
        rows=5,
        help_text=_(
            "Everybody in the network reads this. Name no office holder and no case."
        ),
        error_messages={"required": _("Write what came of the activity.")},
    )


class InstrumentForm(Form):
    """An instrument for the catalogue that everybody can read."""

    title = TextField(
        label=_("Name"),
        max_length=120,
        error_messages={
            "required": _("Fill in the name of the instrument."),
            "max_length": _("Use at most 120 characters for the name."),
        },
    )
    summary = TextField(
        label=_("What it is for"),
        max_length=300,
        error_messages={
            "required": _("Say in one sentence what it is for."),
            "max_length": _("Use at most 300 characters for what it is for."),
        },
    )
    publisher = TextField(
        label=_("Who publishes it"),
        max_length=120,
        error_messages={
            "required": _("Fill in who publishes it."),
            "max_length": _("Use at most 120 characters for who publishes it."),
        },
    )
    url = forms.URLField(
        label=_("Web address"),
        assume_scheme="https",
        max_length=200,
        help_text=_("The whole address, beginning with https://."),
        error_messages={
            "required": _("Fill in the web address."),
            "invalid": _("Fill in the whole address, beginning with https://."),
        },
    )
    phases = ChoicesField(
        label=_("When"),
        choices=lambda: list(guidance.PHASES.items()),
        error_messages={"required": _("Choose when it helps.")},
    )
    topics = ChoicesField(
        label=_("Topic"),
        choices=lambda: list(guidance.TOPICS.items()),
        error_messages={"required": _("Choose what it is about.")},
    )
    audiences = ChoicesField(
        label=_("For whom"),
        choices=lambda: list(guidance.AUDIENCES.items()),
        error_messages={"required": _("Choose for whom it is.")},
    )

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if not url.startswith("https://"):
            raise forms.ValidationError(
                _("Fill in the whole address, beginning with https://.")
            )
        return url
