"""What an analyst fills in: the register of posts."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weerbaar.web.forms import Form, LongTextField


def _years() -> list[tuple[str, str]]:
    this = timezone.localdate().year
    return [(str(year), str(year)) for year in (this + 1, this, this - 1)]


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
