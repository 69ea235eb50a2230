"""Forms of aftercare: they turn what was typed into values, nothing more."""

from django.utils.translation import gettext_lazy as _

from weerbaar import codes
from weerbaar.web.forms import ChoiceField, Form, LongTextField


class HoldForm(Form):
    """A note about the talk, for handlers."""

    note = LongTextField(
        label=_("Your note about the talk"),
        help_text=_("Only handlers of this case read it. Write no scores."),
        required=False,
        rows=4,
    )


class MissForm(Form):
    """Why the talk did not take place."""

    reason = LongTextField(
        label=_("Why did the talk not take place?"),
        rows=3,
        error_messages={"required": _("Write why the talk did not take place.")},
    )


class ConcludeForm(Form):
    """How the aftercare ended."""

    outcome = ChoiceField(
        label=_("How did the aftercare end?"),
        choices=lambda: codes.choices("aftercare_outcomes"),
        error_messages={"required": _("Choose how the aftercare ended.")},
    )


class NotReachedForm(Form):
    """Why an offer ends without a yes: declined, or nobody was reached."""

    outcome = ChoiceField(
        label=_("Why is there no aftercare?"),
        choices=lambda: codes.choices(
            "aftercare_outcomes", ["declined", "not_reached"]
        ),
        error_messages={"required": _("Choose why there is no aftercare.")},
    )
