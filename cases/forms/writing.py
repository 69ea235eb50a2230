"""Words: for the reporter, for handlers, and to begin with."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import ComingDayField, OnceForm, SelectField
from cases.guidance.texts import unknown_fields
from cases.models import WORDED
from weerbaar.web.forms import (
    Form,
    LongTextField,
    TextField,
)


class StandardTextForm(Form):
    """A text of the organisation to begin with; `revision` is what was read."""

    kind = SelectField(
        label=_("What is it for?"),
        choices=lambda: [(kind.value, kind.label) for kind in WORDED],
        error_messages={"required": _("Choose what it is for.")},
    )
    title = TextField(
        label=_("Title"),
        max_length=80,
        help_text=_("Handlers read it; the reporter does not."),
        error_messages={"required": _("Write a title.")},
    )
    body = LongTextField(
        label=_("Text"),
        max_length=5_000,
        rows=10,
        help_text=_("Write nothing about a case: others use this too."),
        error_messages={"required": _("Write the text.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_body(self) -> str:
        """Only fields that can be filled in."""
        body = self.cleaned_data["body"]
        if unknown := unknown_fields(body):
            said = _("These fields do not exist: %(fields)s.") % {
                "fields": ", ".join(f"[{name}]" for name in unknown)
            }
            raise forms.ValidationError(said)
        return str(body)


class ReasonForm(Form):
    """Why a confidential name has to be opened."""

    reason = LongTextField(
        label=_("Why do you need to know who the reporter is?"),
        rows=3,
        error_messages={"required": _("Write why you need the name.")},
    )


class MessageForm(OnceForm):
    """Words for the reporter."""

    text = LongTextField(
        label=_("Your message to the reporter"),
        rows=6,
        error_messages={"required": _("Write a message to the reporter.")},
    )
    answer_by = ComingDayField(
        label=_("When do you hope for an answer?"),
        required=False,
    )


class NoteForm(OnceForm):
    """Words for the handlers only."""

    text = LongTextField(
        label=_("Your internal note"),
        rows=6,
        error_messages={"required": _("Write a note.")},
    )
