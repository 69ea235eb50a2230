"""Choices from the code lists and text that can be sealed, for the forms of intake."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from weerbaar import codes
from weerbaar.web.forms import LOST, ChoiceField, LongTextField, TextField

Choices = list[tuple[str, Any]]
# The kinds of organisation that reports go to, in the order of the form.
KINDS = ("municipality", "province", "water_authority")


def _capital(code: codes.Code) -> str:
    return capfirst(code.label)


# A label that follows the language of the page, with a capital in front.
capital = lazy(_capital, str)


def coded(name: str, only: Sequence[str] | None = None) -> Choices:
    """The codes of a list as choices."""
    found = codes.entries(name) if only is None else [codes.get(name, c) for c in only]
    return [(c.code, capital(c)) for c in found]


def types_below(groups: Iterable[str]) -> Choices:
    """The incident types below each chosen group, under the name of the group."""
    chosen = [codes.get("incident_types", g) for g in groups]
    return [
        (capital(g), [(c.code, capital(c)) for c in codes.children(g.code)])
        for g in chosen
    ]


def offices() -> Choices:
    """The offices, under the kind of organisation they belong to; the rest last."""
    grouped: dict[Any, Choices] = {}
    for office in codes.entries("office_roles"):
        kinds = office.get("organisation_types") or []
        group = codes.get("organisation_types", kinds[0]) if len(kinds) == 1 else None
        label = capital(group) if group else _("Other")
        grouped.setdefault(str(label), []).append((office.code, capital(office)))
    other = grouped.pop(str(_("Other")), [])
    return [
        ("", _("I would rather not say")),
        *grouped.items(),
        (_("Other"), other),
    ]


def readable(text: str) -> None:
    """Refuse text that lost letters on its way: they cannot be read back (issue 3.7).

    Browsers send what they cannot write in UTF-8 as a replacement character.
    """
    if "\ufffd" in text:
        raise forms.ValidationError(LOST, code="encoding")


class Line(TextField):
    """One line of the reporter's own words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[readable], **kwargs)


class CountedField(ChoiceField):
    """Whether a report may be counted; nothing is chosen beforehand."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("May your report be counted anonymously?"),
            hints={
                "yes": _(
                    "The network counts how often something happens and how soon there "
                    "was help. It publishes only rounded numbers of large groups."
                ),
                "no": _(
                    "No answer is a no as well. It changes nothing about the help you "
                    "get, and you can change it later with your code."
                ),
            },
            choices=[
                ("yes", _("Yes, count my report anonymously")),
                ("no", _("No, do not count my report")),
            ],
            **kwargs,
        )


class Story(LongTextField):
    """A longer text of the reporter's own words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[readable], **kwargs)
