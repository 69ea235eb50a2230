"""Forms of the griffier's desk: they turn what was typed into values, nothing more."""

from cases.forms.approving import (
    AnswerRequestForm,
    AskForm,
    KeepOutForm,
    StepAsideForm,
)
from cases.forms.beginning import PreventionForm
from cases.forms.classifying import ClassificationForm
from cases.forms.fields import ComingDayField, OnceForm, SelectField
from cases.forms.narrowing import CatalogueForm, FilterForm
from cases.forms.people import DeputyForm, HandOverForm, PersonForm
from cases.forms.promising import MissForm, MoveForm, TaskForm
from cases.forms.stepping import (
    StepForm,
    for_reporter,
    instruments_in_words,
    step_fields,
    step_form,
)
from cases.forms.writing import MessageForm, NoteForm, ReasonForm, StandardTextForm

__all__ = [
    "AnswerRequestForm",
    "AskForm",
    "CatalogueForm",
    "ClassificationForm",
    "ComingDayField",
    "DeputyForm",
    "FilterForm",
    "HandOverForm",
    "KeepOutForm",
    "MessageForm",
    "MissForm",
    "MoveForm",
    "NoteForm",
    "OnceForm",
    "PersonForm",
    "PreventionForm",
    "ReasonForm",
    "SelectField",
    "StandardTextForm",
    "StepAsideForm",
    "StepForm",
    "TaskForm",
    "for_reporter",
    "instruments_in_words",
    "step_fields",
    "step_form",
]
