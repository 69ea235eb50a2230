"""Forms of custody: six words, holders, shares, and who leaves."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.endorsing import FingerprintDiffers
from weerbaar.accounts.forms import password_field
from weerbaar.accounts.models import Membership, Organisation, User
from weerbaar.custody.services import HolderChoice
from weerbaar.vault.core import PublicKey
from weerbaar.vault.endorsing import FINGERPRINT_WORDS, is_fingerprint
from weerbaar.vault.receipt import UnreadableReceipt
from weerbaar.vault.shares import SHARE_WORDS, UnreadableShare
from weerbaar.web.forms import (
    ChoiceField,
    Form,
    LongTextField,
    TextField,
    TickField,
    prepare,
)
from weerbaar.web.words import unknown_word

# Nothing corrects, remembers or translates what is typed here.
PLAIN = {
    "spellcheck": "false",
    "autocapitalize": "none",
    "autocomplete": "off",
    "translate": "no",
}


class SelectField(forms.ChoiceField):
    """One of many: a list that folds out."""


def add_field(form: Form, name: str, field: forms.Field) -> None:
    """A field that depends on the moment, with our words as every other."""
    prepare(f"{type(form).__name__}.{name}", field)
    form.fields[name] = field


class WordsField(TextField):
    """The six words of somebody's key, as they were read out."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)
        self.widget.attrs |= PLAIN
        self.public: PublicKey | None = None

    def clean(self, value: Any) -> str:
        """Points out words that are in no list, and words of another key."""
        typed = str(super().clean(value))
        if not typed or self.public is None:
            return typed
        try:
            if not is_fingerprint(typed, self.public):
                raise forms.ValidationError(FingerprintDiffers.detail, code="differs")
        except UnreadableReceipt as unclear:
            raise forms.ValidationError(_words_mistakes(unclear)) from None
        return typed


def _words_mistakes(unclear: UnreadableReceipt) -> list[forms.ValidationError]:
    if unclear.words:
        listed = unclear.words[:FINGERPRINT_WORDS]
        return [forms.ValidationError(unknown_word(w), code="word") for w in listed]
    text = ngettext(
        "There are six words. You filled in %(count)d word.",
        "There are six words. You filled in %(count)d words.",
        unclear.count,
    )
    return [forms.ValidationError(text, code="count", params={"count": unclear.count})]


class EndorseForm(Form):
    """The six words that a colleague reads out."""

    words = WordsField(
        label=_("The six words that your colleague reads out"),
        help_text=_("The first four letters of each word are enough."),
        error_messages={"required": _("Fill in the six words.")},
    )

    def __init__(self, *args: Any, public: PublicKey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].public = public  # type: ignore[attr-defined]


class PresentForm(Form):
    """Who is in the room: for each colleague the six words, or nothing."""

    def __init__(
        self, *args: Any, members: Iterable[Membership], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for member in members:
            field = WordsField(
                label=_("The six words of %(name)s") % {"name": member.user.name},
                required=False,
            )
            if member.user.key is not None:
                field.public = member.user.key.public_key
            add_field(self, f"words_{member.pk}", field)

    @property
    def present(self) -> dict[int, str]:
        """By membership the words that were typed."""
        return {
            int(name.removeprefix("words_")): typed
            for name, typed in self.cleaned_data.items()
        }


class SizeForm(Form):
    """How many holders."""

    size = ChoiceField(
        label=_("How many people will hold a share?"),
        choices=[
            ("2-3", _("Three holders, of whom two are needed")),
            ("3-5", _("Five holders, of whom three are needed")),
        ],
        hints={
            "2-3": _("Fits most organisations."),
            "3-5": _("For a large organisation, or when holders often change."),
        },
        error_messages={"required": _("Choose how many people will hold a share.")},
    )


# A holder who is not of the house.
OUTSIDE = "-"
CHOOSE_HOLDER: list[tuple[str, Any]] = [
    ("", _("choose a holder")),
    (OUTSIDE, _("somebody who does not sign in here")),
]


class HoldersForm(Form):
    """Who holds which share: a colleague of the list, or a name from outside."""

    def __init__(
        self, *args: Any, many: int, colleagues: Sequence[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.many = many
        self.colleagues = {str(user.pk): user for user in colleagues}
        listed = [(pk, user.name) for pk, user in self.colleagues.items()]
        for number in range(1, many + 1):
            self._add(number, [*CHOOSE_HOLDER, *listed])

    def _add(self, number: int, choices: list[tuple[str, Any]]) -> None:
        person = SelectField(
            label=_("Who holds share %(number)d?") % {"number": number},
            choices=choices,
            error_messages={
                "required": _("Choose who holds share %(number)d.") % {"number": number}
            },
        )
        name = TextField(
            label=_("Name, when the person is not in the list"),
            max_length=120,
            required=False,
        )
        duty = TextField(
            label=_("Position"),
            max_length=80,
            help_text=_("For example: council clerk, municipal secretary or notary."),
            error_messages={
                "required": _("Fill in the role of holder %(number)d.")
                % {"number": number}
            },
        )
        for part, field in (("person", person), ("name", name), ("duty", duty)):
            add_field(self, f"{part}_{number}", field)

    def clean(self) -> dict[str, Any]:
        """Each holder is somebody, and all are somebody else, in another role."""
        filled = self.cleaned_data
        for number in range(1, self.many + 1):
            is_outside = filled.get(f"person_{number}") == OUTSIDE
            if is_outside and not filled.get(f"name_{number}"):
                told = gettext("Fill in the name of holder %(number)d.")
                self.add_error(f"name_{number}", told % {"number": number})
        if not self.errors:
            self._all_differ()
        return filled

    def _all_differ(self) -> None:
        names, duties = set(), set()
        for number, choice in enumerate(self.choices, start=1):
            if choice.name.casefold() in names:
                told = gettext(
                    "This person holds a share already. Choose somebody else."
                )
                self.add_error(f"person_{number}", told)
            if choice.duty.casefold() in duties:
                told = gettext("Another holder has this role. Choose somebody else.")
                self.add_error(f"duty_{number}", told)
            names.add(choice.name.casefold())
            duties.add(choice.duty.casefold())

    @property
    def choices(self) -> list[HolderChoice]:
        """The holders in the order of their shares."""
        return [self._choice(number) for number in range(1, self.many + 1)]

    def _choice(self, number: int) -> HolderChoice:
        filled = self.cleaned_data
        person = self.colleagues.get(filled[f"person_{number}"])
        name = person.name if person else filled[f"name_{number}"]
        pk: UUID | None = person.pk if person else None
        return HolderChoice(name.strip(), filled[f"duty_{number}"].strip(), pk)

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        """The fields by holder, for the page."""
        return [
            [self[f"{part}_{number}"] for part in ("person", "name", "duty")]
            for number in range(1, self.many + 1)
        ]


class CheckForm(Form):
    """Some words of a share, typed back from paper."""

    def __init__(self, *args: Any, asked: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for position in asked:
            field = TextField(
                label=_("Word %(position)d") % {"position": position},
                max_length=30,
                width="short",
                error_messages={
                    "required": _("Fill in word %(position)d of your paper.")
                    % {"position": position}
                },
            )
            field.widget.attrs |= PLAIN
            add_field(self, f"word_{position}", field)

    @property
    def typed(self) -> list[str]:
        return [self.cleaned_data[f"word_{position}"] for position in self.asked]


class ShareForm(Form):
    """A whole share, typed over from paper."""

    share = LongTextField(
        label=_("The 33 words on your paper"),
        rows=6,
        max_length=1000,
        help_text=_(
            "In the order of the numbers. The first four letters of each word are "
            "enough."
        ),
        error_messages={"required": _("Fill in the words of your paper.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["share"].widget.attrs |= PLAIN


def share_mistakes(unclear: UnreadableShare) -> list[forms.ValidationError]:
    """What is wrong with a typed share: words, how many, or a word too well known."""
    if unclear.words:
        listed = unclear.words[:SHARE_WORDS]
        return [forms.ValidationError(unknown_word(w), code="word") for w in listed]
    if unclear.count == SHARE_WORDS:
        text = gettext(
            "All words are in the list, but together they do not fit. One of them is "
            "another than on the paper, or two are swapped."
        )
        return [forms.ValidationError(text, code="checksum")]
    text = ngettext(
        "A share has 33 words. You filled in %(count)d word.",
        "A share has 33 words. You filled in %(count)d words.",
        unclear.count,
    )
    return [forms.ValidationError(text, code="count", params={"count": unclear.count})]


class RecoverForm(Form):
    """Who is to get the cases, and the six words of that person."""

    member = SelectField(
        label=_("Who is to get the cases?"),
        error_messages={"required": _("Choose who is to get the cases.")},
    )
    words = WordsField(
        label=_("The six words of this colleague"),
        required=False,
        help_text=_(
            "The colleague sees them at Colleagues. Not needed when you choose "
            "yourself."
        ),
    )

    def __init__(
        self, *args: Any, members: Sequence[Membership], by: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.members = {str(m.pk): m for m in members}
        listed = [(pk, m.user.name) for pk, m in self.members.items()]
        choices = [("", _("choose a colleague")), *listed]
        self.fields["member"].choices = choices  # type: ignore[attr-defined]
        chosen = self.members.get(str(self.data.get("member", "")))
        if chosen is not None and chosen.user_id != by.pk:
            words = self.fields["words"]
            words.required = True
            words.error_messages["required"] = _("Fill in the six words.")
            words.public = chosen.user.key.public_key  # type: ignore[union-attr, attr-defined]

    @property
    def chosen(self) -> Membership:
        return self.members[self.cleaned_data["member"]]


class LeaveForm(Form):
    """Who takes over, and whether the key may be in other hands."""

    to = SelectField(label=_("Who takes over the cases?"), required=False)
    broken = TickField(
        label=_("The key of this colleague may be in other hands"),
        required=False,
        help_text=_(
            "Tick this after theft or abuse. Colleagues whose key only this person "
            "confirmed then have to be confirmed anew."
        ),
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(p.pk): p for p in people}
        listed = [(pk, person.name) for pk, person in self.people.items()]
        choices = [("", _("the colleagues who have access already")), *listed]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    @property
    def heir(self) -> User | None:
        return self.people.get(self.cleaned_data["to"])


class ReviewForm(Form):
    """Somebody looked at everybody."""

    seen = TickField(
        label=_("I looked at everybody in this list, and what each may do is right"),
        error_messages={
            "required": _("Tick this when the list is right; otherwise mend it first.")
        },
    )


class OrganisationForm(Form):
    """Which organisation an administrator looks at."""

    organisatie = SelectField(
        label=_("Organisation"),
        error_messages={"required": _("Choose an organisation.")},
    )

    def __init__(
        self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        listed = [(o.slug, o.name) for o in organisations]
        self.fields["organisatie"].choices = listed  # type: ignore[attr-defined]


class RenewForm(Form):
    """A new key for a vault that opens, with the present password."""

    suspected = TickField(
        label=_("My key may be in other hands"),
        required=False,
        help_text=_(
            "Then a colleague has to confirm your new key, and confirms anew whose key "
            "only you confirmed."
        ),
    )
    password = password_field()


class AnewForm(Form):
    """A new vault, with the present password."""

    password = password_field()
