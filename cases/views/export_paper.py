"""The export of a case as a tagged PDF (PDF/UA-1) in Dutch, made in memory."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import formats, timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.forms import ClassificationForm
from cases.models import (
    CommitmentKind,
    CommitmentState,
    Purpose,
    StatementKind,
)
from cases.services import Exported
from cases.views.telling import happenings, lines_of, shown
from cases.workflow import ApprovalState
from weerbaar.web.papers import paper

LAYOUT = Path(__file__).with_name("export_paper.typ")
# The first sign after Latin Extended-A: what our font can draw, and PDF/UA asks.
LATIN = 0x180

Item = dict[str, Any]


def mark_of(exported: Exported) -> str:
    """The line under every page: which case, by whom, when."""
    at = timezone.localtime(exported.at)
    with translation.override("nl"):
        return _(
            "Case %(reference)s, exported by %(name)s on %(at)s. Confidential."
        ) % {
            "reference": exported.case.reference,
            "name": exported.by.name,
            "at": formats.date_format(at, "j F Y H:i"),
        }


def export_paper(exported: Exported) -> bytes:
    """The whole case for people; signs that our font lacks become question marks."""
    with translation.override("nl"):
        told = _drawable(_told(exported))
    return paper(LAYOUT, {"told": json.dumps(told)})


def _told(exported: Exported) -> dict[str, Any]:
    return {
        "title": f"{_('Case')} {exported.case.reference}",
        "mark": mark_of(exported),
        "lead": _(
            "This file is protected by nobody but its owner. Give it to nobody who may "
            "not read the case, and destroy it when it is no longer needed."
        ),
        "sections": [
            _section(_("Classification"), _classification(exported)),
            _section(_("Who the reporter is"), _identity(exported)),
            _section(_("Texts"), map(_statement, exported.statements)),
            _section(_("Promises and tasks"), map(_promise, exported.promises)),
            *(
                _section(label, map(_thing, things))
                for label, things in exported.rooms.values()
            ),
            _section(_("What takes two people"), map(_request, exported.requests)),
            _section(_("Timeline"), _timeline(exported)),
        ],
    }


def _section(title: object, items: Iterable[Item]) -> dict[str, Any]:
    return {"title": str(title), "items": list(items)}


def _thing(one: dict[str, Any]) -> Item:
    """What a room above tells: days in words, the rest as it is."""
    lines = [
        (label, _day(value) if isinstance(value, date) else value)
        for label, value in one["lines"]
    ]
    return _item(capfirst(str(one["title"])), *lines)


def _item(title: object, *lines: tuple[object, object]) -> Item:
    told = [{"key": str(key), "value": str(value)} for key, value in lines if value]
    return {"title": str(title), "lines": told}


def _classification(exported: Exported) -> list[Item]:
    header, case = exported.header, exported.case
    lines: list[tuple[object, object]] = [
        (_("Organisation"), case.organisation.name),
        (_("State"), capfirst(str(case.get_state_display()))),
        (_("Received on"), _day(case.opened_on)),
    ]
    for name, field in ClassificationForm.base_fields.items():
        if value := header.get(name):
            told = _("yes") if value is True else shown(name, value)
            lines.append((field.label, told))
    return [_item(case.reference, *lines)]


def _identity(exported: Exported) -> list[Item]:
    if not exported.identity:
        return []
    found = [(line["key"], line["value"]) for line in lines_of(exported.identity)]
    return [_item(_("The reporter"), *found)]


def _statement(one: dict[str, Any]) -> Item:
    who = one["author"] or _("the reporter")
    title = f"{capfirst(str(StatementKind(one['kind']).label))}, {who}"
    body = one["body"]
    if list(body) == ["text"]:
        return _item(title, ("", _day(one["writtenOn"])), ("", body["text"]))
    lines = [(line["key"], line["value"]) for line in lines_of(body)]
    return _item(title, ("", _day(one["writtenOn"])), *lines)


def _promise(one: dict[str, Any]) -> Item:
    state = capfirst(str(CommitmentState(one["state"]).label))
    return _item(
        capfirst(str(CommitmentKind(one["kind"]).label)),
        (_("By"), _day(one["dueOn"])),
        (_("State"), state),
        ("", one["text"]),
        (_("Reason"), one["reason"]),
    )


def _request(one: dict[str, Any]) -> Item:
    return _item(
        capfirst(str(Purpose(one["purpose"]).label)),
        (_("Asked by"), f"{one['askedBy']}, {_day(one['askedAt'])}"),
        (_("Reason"), one["reason"]),
        (_("State"), capfirst(str(ApprovalState(one["state"]).label))),
        (_("Answered by"), one["answeredBy"]),
        (_("Explanation"), one["answer"]),
    )


def _timeline(exported: Exported) -> list[Item]:
    return [
        _item(capfirst(one.title), ("", f"{_day(one.event.at)}, {one.who}"))
        for one in happenings(exported.moments)
    ]


def _day(value: Any) -> str:
    day = timezone.localtime(value) if hasattr(value, "hour") else value
    return formats.date_format(day, "j F Y") if day else ""


def _drawable(value: Any) -> Any:
    """The same, with a question mark for what our font has no sign for."""
    if isinstance(value, dict):
        return {key: _drawable(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_drawable(one) for one in value]
    return "".join(
        c if c == "\n" or (ord(c) < LATIN and c.isprintable()) else "?" for c in value
    )
