"""Standard texts with fields to fill in; pure (H-9)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What stands between square brackets in a text, and what takes its place.
FIELDS: dict[str, Promise] = {
    "behandelaar": _("your name"),
    "organisatie": _("the name of your organisation"),
    "telefoon": _("the telephone number of your organisation"),
    "kenmerk": _("the reference of the case"),
}
FIELD = re.compile(r"\[([^\[\]\n]*)\]")


def unknown_fields(body: str) -> list[str]:
    """Fields that nothing can be filled in for, each once."""
    found = dict.fromkeys(FIELD.findall(body))
    return [name for name in found if name not in FIELDS]


def filled(body: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in."""
    return FIELD.sub(lambda field: values[field[1]], body)


@dataclass(frozen=True)
class Example:
    """A text to begin with; an organisation makes it its own."""

    kind: str
    title: Promise
    body: Promise


EXAMPLES = (
    Example(
        "message",
        _("First contact"),
        _(
            "Thank you for your report. My name is [behandelaar] and I handle your "
            "report at [organisatie]. You decide what happens with it.\n\nHow are you "
            "now? Would you rather talk? You can call me: [telefoon]."
        ),
    ),
    Example(
        "message",
        _("What we do now"),
        _(
            "I want to tell you how it stands. We are still working on it. When "
            "something changes, you read it here.\n\nDo you miss something, or do you "
            "want something else? Write to me."
        ),
    ),
    Example(
        "outcome",
        _("No norm was crossed"),
        _(
            "We read your report carefully. We think that no norm was crossed: emotion "
            "is allowed, aggression is not. That does not mean that it was nothing."
            "\n\nWould you like to talk about it? Then call [telefoon]."
        ),
    ),
    Example(
        "advice",
        _("Messages online"),
        _(
            "Keep the messages, with day and web address. Do not answer them. Close "
            "your account to strangers for a while.\n\nDoes it go on, or does it "
            "become more serious? Tell me. Is there danger now? Call 112."
        ),
    ),
    Example(
        "measures",
        _("A talk with the person who caused it"),
        _(
            "We agreed on this. [organisatie] talks with the person who did this, "
            "within two working days. You do not have to be there.\n\nYou hear from me "
            "how the talk went."
        ),
    ),
)
