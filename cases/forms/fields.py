"""Fields and forms that the others begin from."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from cases.services import DayPassed, DayTooFar, check_day
from weerbaar.web.forms import (
    DateField,
    Form,
)

Choices = list[tuple[str, Any]]


class SelectField(forms.ChoiceField):
    """One of many: a list that folds out."""


class ComingDayField(DateField):
    """Today or a later day."""

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]
        day = super().to_python(value)
        if day is not None:
            try:
                check_day(day, timezone.now())
            except (DayPassed, DayTooFar) as refusal:
                raise forms.ValidationError(str(refusal.detail)) from None
        return day


class OnceForm(Form):
    """A form that knows itself again, so that pressing twice sends once."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)


def blank(label: Any) -> Choices:
    """The first of a list that folds out: nothing chosen."""
    return [("", label)]
