"""Forms of the griffier's desk: they turn what was typed into values, nothing more."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from cases import guidance
from cases.header import CODED, Header
from cases.models import Case, Kind
from cases.services import DayPassed, DayTooFar, check_day, needs_consent
from cases.workflow import State
from weerbaar import codes
from weerbaar.accounts.models import Organisation, User
from weerbaar.steps import Step
from weerbaar.web.forms import (
    ChoiceField,
    ChoicesField,
    DateField,
    Form,
    LongTextField,
    TextField,
    TickField,
)

Choices = list[tuple[str, Any]]


def _all(label: Any) -> Choices:
    return [("", label)]


class SelectField(forms.ChoiceField):
    """One of many: a list that folds out."""


class ComingDayField(DateField):
    """Today or a later day."""

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]
        day = super().to_python(value)
        if day is not None:
            try:
                check_day(day, timezone.now())
            except (DayPassed, DayTooFar) as refusal:
                raise forms.ValidationError(str(refusal.detail)) from None
        return day


class FilterForm(Form):
    """Narrows the worklist; sent by POST: nothing of it stands in an address."""

    state = SelectField(
        label=_("State"),
        required=False,
        choices=lambda: [*_all(_("all states")), *State.choices],
    )
    severity = SelectField(
        label=_("Severity"),
        required=False,
        choices=lambda: [*_all(_("all")), *codes.choices("severity_levels")],
    )
    incident_type = SelectField(
        label=_("What happened"),
        required=False,
        choices=lambda: [
            *_all(_("everything")),
            *((c.code, c.label) for c in codes.incident_groups()),
        ],
    )


class CatalogueForm(Form):
    """Narrows the catalogue of instruments by codes that say nothing of anybody."""

    fase = SelectField(
        label=_("When"),
        required=False,
        choices=lambda: [*_all(_("always")), *guidance.PHASES.items()],
    )
    onderwerp = SelectField(
        label=_("Topic"),
        required=False,
        choices=lambda: [*_all(_("all topics")), *guidance.TOPICS.items()],
    )
    voor = SelectField(
        label=_("For whom"),
        required=False,
        choices=lambda: [*_all(_("everybody")), *guidance.AUDIENCES.items()],
    )


class OnceForm(Form):
    """A form that knows itself again, so that pressing twice sends once."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)


class PreventionForm(OnceForm):
    """Advice before a tense meeting (H-28)."""

    organisation = SelectField(
        label=_("For which organisation"),
        error_messages={"required": _("Choose an organisation.")},
    )
    subject = TextField(
        label=_("What is the meeting about?"),
        help_text=_("A few words, so that colleagues recognise it."),
        error_messages={"required": _("Write in a few words what it is about.")},
    )
    meeting_on = ComingDayField(
        label=_("When is the meeting?"),
        error_messages={"required": _("Fill in the day of the meeting.")},
    )
    expected = LongTextField(
        label=_("What do you expect?"),
        required=False,
        rows=5,
        help_text=_("Who will come, what was said before, what makes it tense."),
    )
    checklist = ChoicesField(
        label=_("What has to be arranged?"),
        required=False,
        help_text=_("Each of these becomes a task with a day."),
    )

    def __init__(
        self, *args: Any, organisations: list[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered = guidance.proposals(Header(), "prevention", "reported").checklist
        checklist = self.fields["checklist"]
        checklist.choices = [(s.code, s.text) for s in self.offered]  # type: ignore[attr-defined]
        checklist.initial = [s.code for s in self.offered]
        choice = self.fields["organisation"]
        choice.choices = [(str(o.pk), o.name) for o in organisations]  # type: ignore[attr-defined]
        if len(organisations) == 1:
            choice.widget = forms.HiddenInput()
            choice.initial = str(organisations[0].pk)

    def tasks(self, *, after: bool) -> list[str]:
        """The chosen tasks in words: those before the meeting, or those after it."""
        chosen = [s for s in self.offered if s.code in self.cleaned_data["checklist"]]
        return [str(s.text) for s in chosen if (s.code == "talk_afterwards") == after]


class StepForm(Form):
    """What a step of the workflow asks; the fields come from its row of the table."""

    @property
    def answers(self) -> dict[str, str]:
        """What was filled in; chosen instruments are part of the words themselves."""
        filled = dict(self.cleaned_data)
        chosen = filled.pop("instruments", [])
        if chosen:
            filled["words"] += instruments_in_words(chosen)
        return {name: str(value) for name, value in filled.items()}


def step_form(
    data: QueryDict | None,
    *,
    name: str,
    step: Step,
    wish: str,
    instruments: Iterable[guidance.Instrument] = (),
) -> StepForm:
    """A form with the words, choice and consent that a step asks for.

    Advice is given from the `instruments` that fit (design 5).
    """
    fields = step_fields(name, step, wish)
    choices = [(i.code.code, i.title) for i in instruments]
    if name == "advise" and choices:
        fields["instruments"] = ChoicesField(
            label=_("Which of these can help?"),
            required=False,
            choices=choices,
            help_text=_("What you choose stands below your text, with its address."),
        )
    made: type[StepForm] = type("OneStepForm", (StepForm,), dict(fields))
    return made(data)


def for_reporter(case: Case, found: guidance.Guidance) -> list[guidance.Instrument]:
    """Of the fitting instruments those that who asked can use without us."""
    fitting = [fit.instrument for fit in found.instruments]
    return [i for i in fitting if i.is_public or case.kind == Kind.PREVENTION]


def instruments_in_words(chosen: Iterable[str]) -> str:
    """The titles and addresses, in the language in which is written."""
    with override("nl"):
        lines = [str(gettext("This can help:"))]
        for one in map(guidance.instrument, chosen):
            lines.append(f"- {one.title}{': ' if one.url else ''}{one.url}")
    return "\n\n" + "\n".join(lines)


def step_fields(name: str, step: Step, wish: str) -> dict[str, forms.Field]:
    """The fields of one step, from what the table of the workflow says of it."""
    fields: dict[str, forms.Field] = {}
    if step.choices:
        _field, code_list, label = step.choices
        fields["choice"] = ChoiceField(
            label=label,
            choices=codes.choices(code_list, step.only or None),
            error_messages={"required": _("Choose one of the possibilities.")},
        )
    if needs_consent(name, wish):
        fields["consent"] = LongTextField(
            label=_("When and how did the reporter agree?"),
            rows=3,
            help_text=_("This goes further than the reporter asked. Ask first."),
            error_messages={
                "required": _("Write when and how the reporter agreed to this.")
            },
        )
    if step.words:
        fields["words"] = LongTextField(
            label=step.words.label,
            required=step.words.required,
            help_text=step.hint or "",
            error_messages={"required": _("Write the text that belongs to this step.")},
        )
    return fields


class ReasonForm(Form):
    """Why a confidential name has to be opened."""

    reason = LongTextField(
        label=_("Why do you need to know who the reporter is?"),
        rows=3,
        error_messages={"required": _("Write why you need the name.")},
    )


class MessageForm(OnceForm):
    """Words for the reporter."""

    text = LongTextField(
        label=_("Your message to the reporter"),
        rows=6,
        error_messages={"required": _("Write a message to the reporter.")},
    )
    answer_by = ComingDayField(
        label=_("When do you hope for an answer?"),
        required=False,
    )


class NoteForm(OnceForm):
    """Words for the handlers only."""

    text = LongTextField(
        label=_("Your internal note"),
        rows=6,
        error_messages={"required": _("Write a note.")},
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


class PersonForm(Form):
    """A colleague who may receive the case."""

    person = SelectField(
        label=_("Colleague"), error_messages={"required": _("Choose a colleague.")}
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(p.pk): p for p in people}
        listed = [(key, person.name) for key, person in self.people.items()]
        choices = [*_all(_("choose a colleague")), *listed]
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
        choices=lambda: [*_all(_("not known yet")), *codes.choices(CODED[name])],
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
