"""Pages 1 and 2: which organisation it goes to, and who there may not read it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from intake.forms.fields import coded, offices
from intake.forms.page import StepForm
from weerbaar.web.forms import ChoiceField, ChoicesField

# From how many organisations on a list to choose from reads better than buttons.
MANY = 8


class AboutForm(StepForm):
    """Which organisation, whose office; the organisation is needed (1 of 4)."""

    title = _("Who is it about?")
    why = _("So your report reaches the right people.")
    summary = (
        (_("Organisation"), ("organisation",)),
        (_("For whom"), ("reporter_role",)),
        (_("Office"), ("office",)),
    )

    organisation = ChoiceField(
        label=_("Which organisation does the office holder belong to?"),
        error_messages={"required": _("Choose the organisation of the office holder.")},
    )
    reporter_role = ChoiceField(
        label=_("For whom do you report?"),
        choices=coded("reporter_roles"),
        required=False,
        initial="self",
    )
    office = forms.ChoiceField(
        label=_("Which office does this person hold?"), required=False, choices=offices
    )

    def adapt(self) -> None:
        field = self.fields["organisation"]
        field.choices = [(o.slug, o.name) for o in self.context.organisations]  # type: ignore[attr-defined]
        if len(self.context.organisations) > MANY:
            field.widget = forms.Select(
                choices=[("", _("Choose an organisation")), *field.choices],  # type: ignore[attr-defined]
                attrs={"autocomplete": "off"},
            )
        if self.context.on_behalf:
            self.fields["reporter_role"].initial = "on_behalf"


class ReadersForm(StepForm):
    """Who must not see it (R-12); a person ticked here gets no key, row or notice."""

    title = _("Who may not read your report?")
    why = _("Somebody you tick does not even see that there is a report.")
    summary = ((_("May not read it"), ("recused",)),)

    recused = ChoicesField(
        label=_("These people receive reports. Tick who does not get yours."),
        required=False,
    )

    def adapt(self) -> None:
        self.fields["recused"].choices = self.context.receivers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """When nobody is left, say so before sending, and where to go instead."""
        cleaned = super().clean() or self.cleaned_data
        kept_out = {*cleaned.get("recused", []), *self.context.names_only}
        if kept_out >= {pk for pk, _name in self.context.receivers}:
            self.add_error(
                "recused" if self.context.receivers else None,
                forms.ValidationError(
                    _(
                        "Nobody is left who can receive your report here. Nothing was "
                        "sent. Leave at least one person, or call %(desk)s."
                    ),
                    code="nobody",
                    params={"desk": self.desk},
                ),
            )
        return cleaned

    @property
    def desk(self) -> str:
        """The other desk: the organisation's own, else the support team."""
        line = settings.SUPPORT_LINE
        return self.context.second_line or f"{line['name']}, {line['phone']}"
