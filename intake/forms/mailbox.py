"""The forms of the mailbox: the code, a reply, another wish, and what she answers."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from aftercare.services import MOODS, NEEDS
from cases.forms import OnceForm
from intake.forms.fields import CountedField, Line, Story, coded
from weerbaar.vault.receipt import (
    WORD_COUNT,
    UnreadableReceipt,
    read_receipt,
)
from weerbaar.web.forms import ChoiceField, Form, TickField
from weerbaar.web.words import unknown_word


class CodeForm(Form):
    """Seven words; a typo is pointed out by word before anything is derived (R-7)."""

    code = Line(
        label=_("Your report code"),
        help_text=_("Seven words. Capitals and dashes do not matter."),
        max_length=300,
        error_messages={"required": _("Fill in the seven words of your code.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {
            "spellcheck": "false",
            "autocapitalize": "none",
        }

    def clean_code(self) -> str:
        try:
            return read_receipt(self.cleaned_data["code"])
        except UnreadableReceipt as unclear:
            raise forms.ValidationError(_spelled_out(unclear)) from None


def _spelled_out(unclear: UnreadableReceipt) -> list[forms.ValidationError]:
    if unclear.words:
        return [
            forms.ValidationError(unknown_word(w), code="word")
            for w in unclear.words[:WORD_COUNT]
        ]
    text = ngettext(
        "A code has seven words. You filled in %(count)d word.",
        "A code has seven words. You filled in %(count)d words.",
        unclear.count,
    )
    return [forms.ValidationError(text, code="count", params={"count": unclear.count})]


class ReplyForm(OnceForm):
    """A message to the handlers; pressing twice sends it once."""

    text = Story(
        label=_("Your message"),
        rows=4,
        error_messages={"required": _("Write your message before you send it.")},
    )


class WishChangeForm(Form):
    """Another wish than before."""

    wish = ChoiceField(
        label=_("What do you want us to do?"),
        choices=coded("wishes"),
        error_messages={"required": _("Choose what you want.")},
    )


class CountingForm(Form):
    """To be counted anonymously, or not."""

    counted = CountedField(
        error_messages={"required": _("Choose yes or no.")},
    )


class ExcludeForm(Form):
    """Who may not see the report any more, of those who see something of it now."""

    person = ChoiceField(
        label=_("Who may not see your report any more?"),
        error_messages={"required": _("Choose who may not see your report.")},
    )

    def __init__(self, *args: Any, people: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(pk, str(person)) for pk, person in people.items()]
        self.fields["person"].choices = listed  # type: ignore[attr-defined]


class AnswerForm(Form):
    """How she is doing, at a check-in; no scores and no scales (domain 5)."""

    mood = ChoiceField(
        label=_("How are you doing?"),
        choices=MOODS,
        error_messages={"required": _("Choose how you are doing.")},
    )
    needs = ChoiceField(
        label=_("Do you need something?"),
        choices=NEEDS,
        error_messages={"required": _("Choose whether you need something.")},
    )
    text = Story(label=_("Do you want to add something?"), required=False, rows=4)
    stop = TickField(label=_("Do not ask me this any more"), required=False)


class OfferForm(Form):
    """Yes or no to aftercare."""

    choice = ChoiceField(
        label=_("Do you want this?"),
        choices=[("yes", _("Yes, stay in touch with me")), ("no", _("No, not now"))],
        error_messages={"required": _("Choose yes or no.")},
    )


class ConsentForm(Form):
    """Yes or no to exactly the text on the page; `version` says which text that was."""

    choice = ChoiceField(
        label=_("Do you agree with this?"),
        choices=[("yes", _("Yes, I give my consent")), ("no", _("No, do not do this"))],
        error_messages={"required": _("Choose yes or no.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class StoryForm(Form):
    """Yes, no, or another text of a practice story; `version` says which that was."""

    choice = ChoiceField(
        label=_("May the network have this text?"),
        choices=[
            ("yes", _("Yes, exactly this text")),
            ("change", _("Only if something is different")),
            ("no", _("No")),
        ],
        hints={"no": _("You do not have to say why. We do not ask again.")},
        error_messages={"required": _("Choose yes, no or differently.")},
    )
    words = Story(
        label=_("What has to be different?"),
        required=False,
        rows=4,
        max_length=2_000,
        help_text=_("Only if you chose that something is different."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("choice") == "change" and not given.get("words", "").strip():
            self.add_error("words", _("Write what has to be different."))
        return given


class KeptForm(Form):
    """She has kept her code; until then the page warns who leaves it (R-8)."""

    kept = TickField(
        label=_("I have kept my code"),
        error_messages={"required": _("Keep your code first, and then tick this.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].widget.attrs["data-guard"] = True


class CloseForm(Form):
    """Closing her own access cannot be undone, so it is ticked."""

    sure = TickField(
        label=_("I know that my code then opens nothing any more"),
        error_messages={
            "required": _("Tick that you know that your code stops working.")
        },
    )
