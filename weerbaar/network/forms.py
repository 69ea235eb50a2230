"""What an analyst fills in: a theme of the year."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weerbaar import codes
from weerbaar.web.forms import Form, LongTextField, TextField


def _years() -> list[tuple[str, str]]:
    this = timezone.localdate().year
    return [(str(year), str(year)) for year in (this + 1, this, this - 1)]


def _topics() -> list[tuple[str, Any]]:
    return [("", _("none of these")), *codes.choices("policy_topics")]


class RegisterForm(Form):
    """The register of posts of a year, as lines of CSV."""

    year = forms.ChoiceField(
        label=_("Year"),
        choices=_years,
        error_messages={
            "required": _("Choose the year of the register."),
            "invalid_choice": _("Choose a year from the list."),
        },
    )
    lines = LongTextField(
        label=_("The register"),
        max_length=400_000,
        rows=10,
        help_text=_(
            "One line for each kind of office in each organisation: organisation, "
            "organisation_type, province, office_kind, number. The names of the "
            "columns stand in the first line."
        ),
        error_messages={"required": _("Paste the lines of the register.")},
    )


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
            "required": _("Say in one sentence why the network chose this theme."),
            "max_length": _("Use at most 300 characters for the reason."),
        },
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("topic") and not found.get("title"):
            self.add_error("topic", _("Choose a topic or fill in a name."))
        if found.get("topic") and found.get("title"):
            self.add_error("title", _("Leave the name empty: the topic is the name."))
        return found
