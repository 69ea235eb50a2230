"""What a reporter without a mailbox said to a text, as the handler records it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import RECORDED
from weerbaar.web.forms import ChoiceField, DateField, Form

AGAIN = _("Open the page again and save once more.")


def version_field(**more: Any) -> forms.IntegerField:
    """Which text stood on the page: the second of two writers is told."""
    messages = {"required": AGAIN, "invalid": AGAIN}
    return forms.IntegerField(widget=forms.HiddenInput, error_messages=messages, **more)


def said_field(choices: Sequence[tuple[str, Any]]) -> ChoiceField:
    """Yes or no, in the words of what is asked."""
    return ChoiceField(
        label=_("What did the reporter say?"),
        choices=choices,
        error_messages={"required": _("Choose what the reporter said.")},
    )


class SaidForm(Form):
    """How the reporter said it, and when; a room puts `said` before it."""

    how = ChoiceField(
        label=_("How did the reporter say so?"),
        choices=[(how.value, how.label) for how in RECORDED],
        error_messages={"required": _("Choose by telephone, in person or by letter.")},
    )
    given_on = DateField(
        label=_("On which day?"),
        initial=timezone.localdate,
        error_messages={"required": _("Fill in the day on which it was said.")},
    )
    version = version_field()
