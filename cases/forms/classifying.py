"""The sealed header, as far as a handler changes it."""

from contextlib import suppress
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Choices, SelectField, blank
from cases.header import CODED, Header
from cases.models import Case
from weerbaar import codes
from weerbaar.web.forms import (
    ChoiceField,
    ChoicesField,
    DateField,
    Form,
    TextField,
    TickField,
)


def _grouped_types() -> list[tuple[str, Choices]]:
    return [
        (
            group.label,
            [
                (group.code, _("%(group)s, in general") % {"group": group.label}),
                *((c.code, c.label) for c in codes.children(group.code)),
            ],
        )
        for group in codes.incident_groups()
    ]


def _one(name: str, label: Any, **kwargs: Any) -> SelectField:
    return SelectField(
        label=label,
        required=False,
        choices=lambda: [*blank(_("not known yet")), *codes.choices(CODED[name])],
        **kwargs,
    )


def _many(name: str, label: Any) -> ChoicesField:
    return ChoicesField(
        label=label, required=False, choices=lambda: codes.choices(CODED[name])
    )


class ClassificationForm(Form):
    """The sealed header, as far as a handler changes it; nothing is compulsory.

    The first four are needed before a case can be closed. `revision` tells the second
    of two writers that somebody was before her (API-32).
    """

    NEEDED: ClassVar = ("types", "office", "severity", "police")

    types = ChoicesField(
        label=_("What happened"), required=False, choices=_grouped_types
    )
    office = _one("office", _("Office of the person concerned"))
    severity = ChoiceField(
        label=_("Severity"),
        required=False,
        choices=lambda: codes.choices("severity_levels"),
    )
    police = _one("police", _("Police and prosecution"))
    no_aangifte = _one(
        "no_aangifte",
        _("Why no aangifte was done"),
        help_text=_("As the person gave it. Leave it open when aangifte was done."),
    )
    subject = TextField(label=_("Subject line"), required=False)
    occurred = DateField(label=_("When it happened"), required=False)
    is_acute = TickField(label=_("There is danger now"), required=False)
    channels = _many("channels", _("Where or by what means"))
    perpetrators = _many("perpetrators", _("Who caused it"))
    motive = _one("motive", _("Probable motive"))
    topic = _one("topic", _("Policy topic"))
    effects = _many("effects", _("Consequences"))
    decision_influenced = _one("decision_influenced", _("Was a decision influenced?"))
    family = _one("family", _("Is the family affected?"))
    measures = _many("measures", _("Measures taken"))
    revision = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Open the page again and save once more."),
            "invalid": _("Open the page again and save once more."),
        },
    )

    @classmethod
    def values_of(cls, case: Case, header: Header) -> dict[str, Any]:
        """What the form shows of a header."""
        names = [name for name in cls.base_fields if name != "revision"]
        values = {n: getattr(header, n) for n in names} | {"revision": case.revision}
        with suppress(ValueError):
            values["occurred"] = date.fromisoformat(header.occurred)
        return values

    @property
    def changes(self) -> dict[str, Any]:
        """What was filled in, as the header holds it."""
        values = {k: v for k, v in self.cleaned_data.items() if k != "revision"}
        day = values["occurred"]
        return values | {"occurred": day.isoformat() if day else ""}

    @property
    def needed(self) -> list[dict[str, Any]]:
        return [self._line(name) for name in self.NEEDED]

    @property
    def further(self) -> list[dict[str, Any]]:
        known = {*self.NEEDED, "revision"}
        return [self._line(name) for name in self.fields if name not in known]

    def _line(self, name: str) -> dict[str, Any]:
        """A field for the page; one with many boxes folds away behind its choice."""
        bound = self[name]
        if not isinstance(bound.field, ChoicesField):
            return {"field": bound, "is_long": False}
        known = {c.code for c in codes.entries(CODED[name])}
        chosen = [code for code in bound.value() or [] if code in known]
        return {
            "field": bound,
            "is_long": True,
            "is_open": bool(bound.errors) or (name == "types" and not chosen),
            "chosen": ", ".join(codes.labels(CODED[name], chosen)),
        }
