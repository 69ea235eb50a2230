"""Who gets the case."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.forms.fields import ComingDayField, SelectField, blank
from weerbaar.accounts.models import User
from weerbaar.web.forms import (
    Form,
    LongTextField,
)


class PersonForm(Form):
    """A colleague who may receive the case."""

    person = SelectField(
        label=_("Colleague"), error_messages={"required": _("Choose a colleague.")}
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(p.pk): p for p in people}
        listed = [(key, person.name) for key, person in self.people.items()]
        choices = [*blank(_("choose a colleague")), *listed]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> User:
        return self.people[self.cleaned_data["person"]]


class HandOverForm(PersonForm):
    """A colleague, and what she has to know."""

    note = LongTextField(
        label=_("What does your colleague have to know?"),
        rows=5,
        error_messages={"required": _("Write a note for your colleague.")},
    )


class DeputyForm(PersonForm):
    """A colleague who stands in until a day."""

    until = ComingDayField(
        label=_("Until which day?"),
        error_messages={"required": _("Fill in the last day.")},
    )
