"""The words of a story, as both sides of this room pass them on."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from weerbaar import codes

# Of each part, of a wish and of a reason; in signs.
LONGEST = 2_000
# Sealed stories are all as long as a long one: whoever reads a published story knows
# its length, and must not find the case that has one of that length.
LENGTH = 16_384

PARTS: dict[str, str | Promise] = {
    "title": _("Title"),
    "happened": _("What happened"),
    "done": _("What was done"),
    "helped": _("What helped"),
    "lessons": _("What others can learn"),
}


class OfficeKind(TextChoices):
    """As much as a story says of an office: the office itself may name a person."""

    EXECUTIVE = "executive", _("executive")
    REPRESENTATIVE = "representative", _("representative")
    SUPPORT = "support", _("support or other")


@dataclass(frozen=True)
class Text:
    """A story: five parts in the handler's own words, and two codes at most."""

    title: str
    happened: str
    done: str
    helped: str
    lessons: str
    office_kind: str = ""
    topic: str = ""

    @property
    def whole(self) -> str:
        """All words, for who looks for what gives somebody away."""
        return "\n".join(getattr(self, part) for part in PARTS)

    @property
    def parts(self) -> Iterator[tuple[str | Promise, str]]:
        """Heading and words of each part below the title."""
        below = [name for name in PARTS if name != "title"]
        return ((PARTS[name], getattr(self, name)) for name in below)

    @property
    def facts(self) -> list[str]:
        """The two codes in the language of the page, as far as they are there."""
        kind = str(OfficeKind(self.office_kind).label) if self.office_kind else ""
        return [one for one in (kind, codes.label("policy_topics", self.topic)) if one]


FIELDS = tuple(field.name for field in fields(Text))


def text_of(content: dict[str, Any]) -> Text:
    """The story in a document; other entries of it are left out."""
    return Text(**{name: str(content[name]) for name in FIELDS})
