"""What an analyst fills in: the register of posts."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weerbaar.network.models import Withdrawal
from weerbaar.web.forms import ChoiceField, Form, LongTextField


def _years() -> list[tuple[str, str]]:
    this = timezone.localdate().year
    return [(str(year), str(year)) for year in (this + 1, this, this - 1)]


class WithdrawalForm(Form):
    """Why published figures are taken back; the words stay for everybody to read."""

    why = ChoiceField(
        label=_("What is wrong?"),
        choices=Withdrawal.choices,
        error_messages={"required": _("Choose what is wrong.")},
    )
    words = LongTextField(
        label=_("What should readers know?"),
        max_length=300,
        rows=3,
        help_text=_(
            "One or two sentences that stay on the page. Do not repeat a number, and "
            "name no person and no organisation."
        ),
        error_messages={"required": _("Write what readers should know.")},
    )


class RegisterForm(Form):
    """The register of posts of a year, as lines of CSV."""

    year = forms.ChoiceField(
        label=_("Year"),
        choices=_years,
        error_messages={
            "required": _("Choose the year of the register."),
            "invalid_choice": _("Choose a year from the list."),
        },
    )
    lines = LongTextField(
        label=_("The register"),
        max_length=400_000,
        rows=10,
        help_text=_(
            "One line for each kind of office in each organisation: organisation, "
            "organisation_type, province, office_kind, number. The names of the "
            "columns stand in the first line."
        ),
        error_messages={"required": _("Paste the lines of the register.")},
    )
