"""Asking a second person, answering, and keeping somebody out of a case."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import SelectField, blank
from cases.models import Case, Purpose
from weerbaar.accounts.models import User
from weerbaar.web.forms import ChoiceField, Form, LongTextField


class AskForm(Form):
    """What is asked of a second person, and why."""

    purpose = ChoiceField(
        label=_("What do you want to do?"),
        choices=[
            (Purpose.EXPORT, _("Export the case")),
            (Purpose.DESTRUCTION, _("Destroy the case before its term")),
        ],
        error_messages={"required": _("Choose what you want to do.")},
    )
    reason = LongTextField(
        label=_("Why is this needed?"),
        rows=3,
        help_text=_("The second person reads it, and it stays in the case."),
        error_messages={"required": _("Write why this is needed.")},
    )


class AnswerRequestForm(Form):
    """Yes or no of the second person; a no with a word."""

    answer = ChoiceField(
        label=_("Do you agree?"),
        choices=[("yes", _("Yes, I agree")), ("no", _("No, I do not agree"))],
        error_messages={"required": _("Choose yes or no.")},
    )
    word = LongTextField(
        label=_("Your explanation"),
        rows=3,
        required=False,
        help_text=_("Needed with a no. Who asked reads it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == "no" and not cleaned.get("word", "").strip():
            said = _("Write why you do not agree.")
            self.add_error("word", forms.ValidationError(said, code="required"))
        return cleaned


class KeepOutForm(Form):
    """Who may not see the case, oneself first, and why."""

    person = SelectField(
        label=_("Who is concerned?"),
        error_messages={"required": _("Choose who is concerned.")},
    )
    reason = LongTextField(
        label=_("What is the reason?"),
        rows=3,
        help_text=_("Other handlers of this case read it; the reporter does not."),
        error_messages={"required": _("Write what the reason is.")},
    )

    def __init__(
        self, *args: Any, by: User, people: Iterable[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        others = [p for p in people if p.pk != by.pk]
        self.people: Mapping[str, User] = {str(p.pk): p for p in (by, *others)}
        listed = [(str(p.pk), p.name) for p in others]
        mine = [(str(by.pk), _("I am concerned myself"))]
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            *blank(_("choose who is concerned")),
            *mine,
            *listed,
        ]

    @property
    def chosen(self) -> User:
        return self.people[self.cleaned_data["person"]]


class StepAsideForm(Form):
    """From the list, without opening the case: which one, and why."""

    case = SelectField(
        label=_("Which case?"), error_messages={"required": _("Choose the case.")}
    )
    reason = LongTextField(
        label=_("What is the reason?"),
        rows=3,
        help_text=_("Other handlers of this case read it; the reporter does not."),
        error_messages={"required": _("Write what the reason is.")},
    )

    def __init__(self, *args: Any, cases: Iterable[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases = {one.reference: one for one in cases}
        listed = [(reference, reference) for reference in self.cases]
        choices = [*blank(_("choose the case")), *listed]
        self.fields["case"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Case:
        return self.cases[self.cleaned_data["case"]]
