"""The seven steps of the report form; four answers are needed, the others are not.

What is asked and why: organisation (who may receive it), readers (conflict of
interest), kind and circumstances (which help fits), wish (the reporter decides), name
(as little as she wants).
"""

from collections.abc import Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict

from intake.forms.about import AboutForm, ReadersForm
from intake.forms.choosing import NameForm, WishForm
from intake.forms.happening import CircumstancesForm, KindForm, StoryForm
from intake.forms.page import StepForm
from intake.services.report import Contact, Report, merged_types
from weerbaar.accounts.models import Organisation

STEPS: dict[str, type[StepForm]] = {
    str(number): form
    for number, form in enumerate(
        (
            AboutForm,
            ReadersForm,
            KindForm,
            StoryForm,
            CircumstancesForm,
            WishForm,
            NameForm,
        ),
        start=1,
    )
}


def clean_all(
    answers: Mapping[str, Mapping[str, list[str]] | None], context: Any
) -> tuple[dict[str, StepForm], str | None]:
    """All steps bound to their answers, and the first that is not yet right, if any.

    `context` gives the Context for the cleaned answers so far: each step is judged with
    those before it.
    """
    done: dict[str, StepForm] = {}
    cleaned: dict[str, Any] = {}
    for name, form_class in STEPS.items():
        given = answers.get(name)
        if given is None:
            return done, name
        form = form_class(MultiValueDict(given), context=context(cleaned))
        done[name] = form
        if not form.is_valid():
            return done, name
        cleaned.update(form.cleaned_data)
    return done, None


def report_from(cleaned: Mapping[str, Any], organisation: Organisation) -> Report:
    """The report that the cleaned answers of all steps make together."""
    contact = {name: cleaned.get(name) or "" for name in Contact.__dataclass_fields__}
    return Report(
        organisation=organisation,
        types=merged_types(cleaned["groups"], cleaned.get("types") or []),
        wish=cleaned["wish"],
        anonymity=cleaned["anonymity"],
        reporter_role=cleaned.get("reporter_role") or "self",
        office=cleaned.get("office") or "",
        recused=list(cleaned.get("recused") or []),
        story=cleaned.get("story") or "",
        occurred=cleaned.get("occurred"),
        channels=list(cleaned.get("channels") or []),
        perpetrators=list(cleaned.get("perpetrators") or []),
        family=cleaned.get("family") or "",
        decision_influenced=cleaned.get("decision_influenced") or "",
        name=cleaned.get("name") or "",
        contact=Contact(**contact),
        may_reread=bool(cleaned.get("may_reread")),
        counted=cleaned.get("counted") or "",
    )
