"""Keeping cases: terms in months, and why a case is held."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.terms import LONGEST, SHORTEST
from weerbaar.web.forms import Form, LongTextField, prepare


class HoldForm(Form):
    """Why a case has to be kept longer."""

    reason = LongTextField(
        label=_("Why does this case have to be kept longer?"),
        help_text=_("For example: a lawsuit or a complaint. Only handlers read this."),
        rows=3,
        error_messages={"required": _("Write why this case has to be kept longer.")},
    )


class RekeyForm(Form):
    """Why a case needs a new key."""

    reason = LongTextField(
        label=_("Why does this case need a new key?"),
        help_text=_("Only handlers of this case read this."),
        rows=3,
        error_messages={"required": _("Write why this case needs a new key.")},
    )


class TermsForm(Form):
    """For each kind of case the months that it is kept."""

    def __init__(self, *args: Any, terms: list[tuple[Any, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, months in terms:
            field = forms.IntegerField(
                label=LABELS[str(kind)],
                initial=months,
                min_value=SHORTEST,
                max_value=LONGEST,
                help_text=_("In months after closing, from 3 to 240."),
                error_messages={"required": _("Fill in a number of months.")},
            )
            field.widget.attrs["class"] = "wb-width-short"
            prepare(f"TermsForm.{kind}", field)
            self.fields[str(kind)] = field


LABELS = {
    "incident": _("How long do you keep incidents?"),
    "prevention": _("How long do you keep advice beforehand?"),
}
