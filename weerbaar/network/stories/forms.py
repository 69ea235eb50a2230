"""What an editor fills in, and by what a reader looks for stories."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from weerbaar import codes
from weerbaar.stories.checklist import CODES, POINTS
from weerbaar.stories.services import LONGEST, OfficeKind
from weerbaar.web.forms import ChoicesField, Form, LongTextField

NOT_ALL = _("Tick every point, or send the story back with the reason.")


class ChecklistForm(Form):
    """Every point of the checklist; only all of them together say yes."""

    points = ChoicesField(
        label=_("Tick what you checked and found to be so"),
        choices=[(point.code, point.label) for point in POINTS],
        hints={point.code: point.rule for point in POINTS},
        error_messages={"required": NOT_ALL},
    )

    def clean_points(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["points"]
        if set(ticked) != set(CODES):
            raise forms.ValidationError(NOT_ALL, code="required")
        return ticked


class ReasonForm(Form):
    """Why a story is not published, or no longer; the handler and reporter read it."""

    reason = LongTextField(
        label=_("Reason"),
        max_length=LONGEST,
        rows=4,
        help_text=_("The handler and the reporter read this. Nobody here does."),
        error_messages={"required": _("Write why, so that they know what to do.")},
    )


class SearchForm(Form):
    """By topic and kind of office; nothing chosen is everything."""

    topic = forms.ChoiceField(
        label=_("Policy topic"), required=False, choices=lambda: _topics()
    )
    office_kind = forms.ChoiceField(
        label=_("Kind of office"),
        required=False,
        choices=[("", _("all")), *OfficeKind.choices],
    )


def _topics() -> list[tuple[str, Any]]:
    return [("", _("all")), *codes.choices("policy_topics")]
