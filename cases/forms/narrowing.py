"""Narrowing the worklist and the catalogue."""

from django.utils.translation import gettext_lazy as _

from cases import guidance
from cases.forms.fields import SelectField, blank
from cases.workflow import State
from weerbaar import codes
from weerbaar.web.forms import (
    Form,
)


class FilterForm(Form):
    """Narrows the worklist; sent by POST: nothing of it stands in an address."""

    state = SelectField(
        label=_("State"),
        required=False,
        choices=lambda: [*blank(_("all states")), *State.choices],
    )
    severity = SelectField(
        label=_("Severity"),
        required=False,
        choices=lambda: [*blank(_("all")), *codes.choices("severity_levels")],
    )
    incident_type = SelectField(
        label=_("What happened"),
        required=False,
        choices=lambda: [
            *blank(_("everything")),
            *((c.code, c.label) for c in codes.incident_groups()),
        ],
    )


class CatalogueForm(Form):
    """Narrows the catalogue of instruments by codes that say nothing of anybody."""

    fase = SelectField(
        label=_("When"),
        required=False,
        choices=lambda: [*blank(_("always")), *guidance.PHASES.items()],
    )
    onderwerp = SelectField(
        label=_("Topic"),
        required=False,
        choices=lambda: [*blank(_("all topics")), *guidance.TOPICS.items()],
    )
    voor = SelectField(
        label=_("For whom"),
        required=False,
        choices=lambda: [*blank(_("everybody")), *guidance.AUDIENCES.items()],
    )
