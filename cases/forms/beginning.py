"""Asking advice before a tense meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases import guidance
from cases.forms.fields import ComingDayField, OnceForm, SelectField
from cases.header import Header
from weerbaar.accounts.models import Organisation
from weerbaar.web.forms import (
    ChoicesField,
    LongTextField,
    TextField,
)


class PreventionForm(OnceForm):
    """Advice before a tense meeting (H-28)."""

    organisation = SelectField(
        label=_("For which organisation"),
        error_messages={"required": _("Choose an organisation.")},
    )
    subject = TextField(
        label=_("What is the meeting about?"),
        help_text=_("A few words, so that colleagues recognise it."),
        error_messages={"required": _("Write in a few words what it is about.")},
    )
    meeting_on = ComingDayField(
        label=_("When is the meeting?"),
        error_messages={"required": _("Fill in the day of the meeting.")},
    )
    expected = LongTextField(
        label=_("What do you expect?"),
        required=False,
        rows=5,
        help_text=_("Who will come, what was said before, what makes it tense."),
    )
    checklist = ChoicesField(
        label=_("What has to be arranged?"),
        required=False,
        help_text=_("Each of these becomes a task with a day."),
    )

    def __init__(
        self, *args: Any, organisations: list[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered = guidance.proposals(Header(), "prevention", "reported").checklist
        checklist = self.fields["checklist"]
        checklist.choices = [(s.code, s.text) for s in self.offered]  # type: ignore[attr-defined]
        checklist.initial = [s.code for s in self.offered]
        choice = self.fields["organisation"]
        choice.choices = [(str(o.pk), o.name) for o in organisations]  # type: ignore[attr-defined]
        if len(organisations) == 1:
            choice.widget = forms.HiddenInput()
            choice.initial = str(organisations[0].pk)

    def tasks(self, *, after: bool) -> list[str]:
        """The chosen tasks in words: those before the meeting, or those after it."""
        chosen = [s for s in self.offered if s.code in self.cleaned_data["checklist"]]
        return [str(s.text) for s in chosen if (s.code == "talk_afterwards") == after]
