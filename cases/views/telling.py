"""Telling a case to people: sealed answers and events as lines with a label."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.header import CODED
from cases.models import CommitmentKind, StatementKind
from cases.services.reading import Moment
from weerbaar import codes
from weerbaar.audit.kinds import Kind

# Keys of the sealed documents, in the words of the handler.
LABELS: dict[str, Promise] = {
    "text": _("The story"),
    "name": _("Name"),
    # What to heed stands before the number: who reads it may be dialling.
    "channel": _("How to reach the reporter"),
    "times": _("When it suits"),
    "voicemail": _("May you leave a voicemail?"),
    "cover": _("What to say if somebody else answers"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "types": _("What happened"),
    "office": _("Office of the person concerned"),
    "reporter_role": _("Role of the reporter"),
    "occurred": _("When it happened"),
    "channels": _("Where or by what means"),
    "perpetrators": _("Who caused it"),
    "family": _("Is the family affected?"),
    "decision_influenced": _("Was a decision influenced?"),
}
LISTS: dict[str, str] = {
    **CODED,
    "channel": "contact_channels",
    "voicemail": "yes_no",
}


def lines_of(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A sealed document as lines with a label; what is empty is left out."""
    flat = {**body, **body.get("answers", {})}
    return [
        {
            "key": label,
            "value": shown(name, flat[name]),
            "is_phone": name == "phone",
        }
        for name, label in LABELS.items()
        if flat.get(name)
    ]


def shown(name: str, value: Any) -> str:
    """A value for people: the labels of codes, a day as a day, otherwise as it is."""
    if name in LISTS:
        given = value if isinstance(value, list) else [value]
        return capfirst(", ".join(codes.labels(LISTS[name], given)))
    if name == "occurred":
        try:
            return date_format(date.fromisoformat(value), "j F Y")
        except ValueError:
            return str(value)
    return str(value)


@dataclass(frozen=True)
class Happening:
    """A line of the timeline in words; several looks in a row are one line."""

    event: Any
    person: Any
    whom: str = ""
    times: int = 1

    @property
    def title(self) -> str:
        return str(Kind(self.event.kind).label)

    @property
    def is_look(self) -> bool:
        return self.event.kind == Kind.CASE_OPENED_BY

    @property
    def by_reporter(self) -> bool:
        return self.event.actor_kind == "reporter"

    @property
    def who(self) -> str:
        """The person, the reporter, or nobody in particular."""
        if self.person is not None:
            return str(self.person.name)
        return str(_("the reporter") if self.by_reporter else _("automatically"))

    @property
    def what(self) -> str:
        """The kind of text or promise it was about."""
        known = {**dict(StatementKind.choices), **dict(CommitmentKind.choices)}
        return str(known.get(self.event.facts.get("what", ""), ""))


def happenings(moments: Iterable[Moment]) -> list[Happening]:
    """Events in words, oldest first; looks in a row are counted (H-12)."""
    lines: list[Happening] = []
    for moment in moments:
        whom = ", ".join(person.name for person in moment.about)
        line = Happening(moment.event, moment.person, whom)
        last = lines[-1] if lines else None
        if last and last.is_look and line.is_look and _same_look(last, line):
            line = Happening(line.event, line.person, times=last.times + 1)
            lines.pop()
        lines.append(line)
    return lines


def _same_look(one: Happening, other: Happening) -> bool:
    return (one.event.actor_id, one.event.at.date()) == (
        other.event.actor_id,
        other.event.at.date(),
    )
