"""Forms of a story in its case: they turn what was typed into values, nothing more."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.saying import SaidForm, said_field, version_field
from weerbaar import codes
from weerbaar.stories.services import FIELDS, LONGEST, OfficeKind, Text
from weerbaar.web.forms import ChoiceField, Form, LongTextField, TextField


def _topics() -> list[tuple[str, Any]]:
    return [("", _("leave it out")), *codes.choices("policy_topics")]


def _part(label: Any, hint: Any, missing: Any) -> LongTextField:
    return LongTextField(
        label=label,
        help_text=hint,
        max_length=LONGEST,
        rows=5,
        error_messages={"required": missing},
    )


class StoryForm(Form):
    """A story in the handler's own words; `version` is the text that is changed."""

    title = TextField(
        label=_("Title"),
        max_length=120,
        help_text=_("Say what can be learnt, not whom it happened to."),
        error_messages={"required": _("Give the story a title.")},
    )
    happened = _part(
        _("What happened"),
        _("As short as it can be understood. Change what makes no difference."),
        _("Write what happened."),
    )
    done = _part(
        _("What was done"),
        _("Steps that others can take too, and in which order."),
        _("Write what was done."),
    )
    helped = _part(
        _("What helped"),
        _("What made a difference to the person, and what did not."),
        _("Write what helped."),
    )
    lessons = _part(
        _("What others can learn"),
        _("What would you do in the same way next time, and what differently?"),
        _("Write what others can learn."),
    )
    office_kind = ChoiceField(
        label=_("Kind of office"),
        required=False,
        choices=[("", _("leave it out")), *OfficeKind.choices],
    )
    topic = forms.ChoiceField(
        label=_("Policy topic"),
        required=False,
        choices=_topics,
        help_text=_("Only if many people work on it. With the office it says more."),
        error_messages={"invalid_choice": _("Choose a topic from the list.")},
    )
    version = version_field(required=False)

    @property
    def text(self) -> Text:
        """What was filled in, as a story."""
        given = self.cleaned_data
        return Text(**{name: given[name] for name in FIELDS})


class ConsentForm(SaidForm):
    """What a reporter without a mailbox said, how and when."""

    field_order = ("said",)

    said = said_field(
        [
            ("yes", _("Yes, the network may have exactly this text")),
            ("no", _("No")),
        ]
    )
