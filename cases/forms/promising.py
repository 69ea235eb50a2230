"""Promises: made, not kept, and moved."""

from django.utils.translation import gettext_lazy as _

from cases.forms.fields import ComingDayField
from weerbaar.web.forms import (
    Form,
    LongTextField,
    TextField,
)


class TaskForm(Form):
    """A promise of the handler's own choice."""

    text = TextField(
        label=_("What has to be done?"),
        error_messages={"required": _("Write what has to be done.")},
    )
    due_on = ComingDayField(
        label=_("By which day?"),
        error_messages={"required": _("Fill in a day.")},
    )


class MissForm(Form):
    """Why a promise was not kept."""

    reason = LongTextField(
        label=_("Why was this not kept?"),
        rows=3,
        error_messages={"required": _("Write why this was not kept.")},
    )


class MoveForm(Form):
    """Another day for a promise."""

    due_on = ComingDayField(
        label=_("What is the new day?"),
        error_messages={"required": _("Fill in the new day.")},
    )
