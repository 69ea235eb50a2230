"""One form for every step, drawn from the table of the workflow."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from cases import guidance
from cases.models import Case, Kind
from cases.services import needs_consent
from weerbaar import codes
from weerbaar.steps import Step
from weerbaar.web.forms import (
    ChoiceField,
    ChoicesField,
    Form,
    LongTextField,
)


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
    begin: str = "",
) -> StepForm:
    """A form with the words, choice and consent that a step asks for.

    Advice is given from the `instruments` that fit (design 5); `begin` is a standard
    text to begin with.
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
    return made(data, initial={"words": begin})


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
