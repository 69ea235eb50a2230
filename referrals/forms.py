"""Forms of the referrals: they turn what was typed into values, nothing more."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.forms.saying import SaidForm, said_field, version_field
from referrals.disclosure import Section
from referrals.models import Partner
from referrals.services import Draft
from weerbaar.web.forms import Form, LongTextField

QUESTIONS = {
    Section.SUMMARY: (
        _("Summary for this partner"),
        _("Write it for them, in your own words. Leave out names they do not need."),
    ),
    Section.WISH: (
        _("What the person wants"),
        _("Leave this empty if the partner does not have to know."),
    ),
    Section.CONTACT: (
        _("Safe contact"),
        _(
            "How the partner may reach the person. Fill this in only if the person "
            "wants to be called by them."
        ),
    ),
}


class DraftForm(Form):
    """What goes to one partner: a text for each part that it may get, and no other.

    `version` is the text that somebody changes; a first one has none.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        partner: Partner,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        for section in partner.choosable:
            self.fields[str(section)] = _question(section)
        self.fields["advice"] = _advice()
        if "version" in (initial or {}):
            self.fields["version"] = version_field()

    @property
    def draft(self) -> Draft:
        """The parts that were filled in; an empty one is left out."""
        words = {
            name: text
            for name, text in self.cleaned_data.items()
            if name in QUESTIONS and text.strip()
        }
        return Draft(
            chosen=list(words), words=words, advice=self.cleaned_data["advice"]
        )


def _question(section: Section) -> LongTextField:
    label, hint = QUESTIONS[section]
    return LongTextField(
        label=label,
        help_text=hint,
        required=section == Section.SUMMARY,
        rows=7 if section == Section.SUMMARY else 3,
        error_messages={"required": _("Write a summary for this partner.")},
    )


def _advice() -> LongTextField:
    return LongTextField(
        label=_("Advice for the reporter"),
        help_text=_("Only the reporter reads this. It does not go to the partner."),
        required=False,
        rows=4,
    )


class ConsentForm(SaidForm):
    """What the reporter said outside the mailbox, how and when."""

    field_order = ("said",)

    said = said_field(
        [
            ("yes", _("Yes, I agree to exactly this text")),
            ("no", _("No, do not send this")),
        ]
    )


class AnswerForm(Form):
    """A question or answer of the partner."""

    text = LongTextField(
        label=_("Your answer"),
        help_text=_("The handler reads this, and decides what the reporter reads."),
        rows=6,
        error_messages={"required": _("Write your answer.")},
    )


class DeclineForm(Form):
    """Why the partner cannot take it up."""

    words = LongTextField(
        label=_("Why you cannot take this up"),
        help_text=_("Say who can help, if you know."),
        rows=4,
        error_messages={"required": _("Write why you cannot take this up.")},
    )
