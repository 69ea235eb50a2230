"""What an analyst fills in: the register of posts, a withdrawal, a known number."""

import re
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from weerbaar.network.counting import Cell
from weerbaar.network.models import Withdrawal
from weerbaar.network.periods import QUARTERS, period_of
from weerbaar.network.planning import adopted_plans
from weerbaar.network.tables import Table
from weerbaar.web.forms import ChoiceField, Form, LongTextField, TextField


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


def _periods() -> list[tuple[str, str]]:
    """Of the last three years those that have figures at all."""
    this, first = timezone.localdate().year, adopted_plans()[0].from_year
    return [
        (f"{year}-{quarters}", capfirst(period_of(year, quarters)))
        for year in range(this, max(first, this - 2) - 1, -1)
        for quarters in range(QUARTERS, 0, -1)
    ]


# Thousands parted by a dot or a space.
_PARTED = re.compile(r"\d{1,3}(?:[.\s]\d{3})+", re.ASCII)


class CountField(forms.IntegerField):
    """How many, as people write it: `1200`, `1.200` or `1 200`; never read as 1."""

    def to_python(self, value: Any) -> int | None:
        typed = str(value or "").replace("\u00a0", " ").strip()
        if _PARTED.fullmatch(typed):
            typed = re.sub(r"\D", "", typed)
        return super().to_python(typed)


class FactForm(Form):
    """An exact number that is known elsewhere: of which cell, how many, and whence."""

    period = forms.ChoiceField(
        label=_("About which period?"),
        choices=_periods,
        error_messages={
            "required": _("Choose the period."),
            "invalid_choice": _("Choose the period."),
        },
    )
    row = forms.ChoiceField(label=_("Row"), required=False)
    column = forms.ChoiceField(label=_("Column"), required=False)
    number = CountField(
        label=_("The exact number"),
        min_value=0,
        max_value=2_000_000,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "wb-width-short"}
        ),
        error_messages={
            "required": _("Fill in the number."),
            "invalid": _("Fill in a whole number, for example 12."),
            "min_value": _("Fill in a whole number, for example 12."),
            "max_value": _("Fill in a smaller number."),
        },
    )
    source = TextField(
        label=_("Where can it be read?"),
        max_length=300,
        help_text=_("For example a letter to parliament with its date, or a web page."),
        error_messages={"required": _("Say where the number can be read.")},
    )

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        for name, dimension in (("row", table.rows), ("column", table.columns)):
            if dimension is None:
                del self.fields[name]
                continue
            field = cast("forms.ChoiceField", self.fields[name])
            field.label = dimension.label
            listed = [(c.code, capfirst(str(c.label))) for c in dimension.categories]
            field.choices = [("", _("all together")), *listed]

    @property
    def fact(self) -> dict[str, Any]:
        """What the service keeps."""
        data = self.cleaned_data
        year, _dash, quarters = data["period"].partition("-")
        chosen = (
            (self.table.rows, data["row"]),
            (self.table.columns, data.get("column", "")),
        )
        at = frozenset((d.code, code) for d, code in chosen if d is not None and code)
        return {
            "cell": Cell(self.table.kind, at),
            "year": int(year),
            "quarters": int(quarters),
            "number": data["number"],
            "source": data["source"],
        }


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
