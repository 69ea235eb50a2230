"""What the mailbox page shows, gathered from the rooms that know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.models import StatementKind
from cases.services import Opened
from intake import services
from intake.services import Access
from weerbaar import codes

# What was just done, by the word in the address.
DONE: dict[str, str | Promise] = {
    "message": _("Your message was sent."),
    "files": _("Your files have arrived."),
    "excluded": _("This person can no longer see your report."),
    "wish": _("We know what you want now."),
    "counting": _("We have kept your choice about the figures."),
    "withdrawn": _("You took your report back."),
    "answer": _("Thank you for your answer."),
    "offer": _("We have kept your choice."),
    "consent": _("You gave your consent."),
    "refused": _("You gave no consent. Nothing is sent."),
    "taken_back": _("You took your consent back."),
    "story_yes": _("You let the network have this story. You can take that back."),
    "story_no": _("You said no to the story. Nothing leaves, and nothing changes."),
    "story_change": _("Your handler reads what has to be different."),
    "story_back": _("You took your story back. The network has it no more."),
}
KINDS: dict[str, str | Promise] = {
    StatementKind.ADVICE: _("Advice"),
    StatementKind.MEASURES: _("Agreed measures"),
    StatementKind.OUTCOME: _("Explanation"),
    StatementKind.MESSAGE: _("Message"),
    StatementKind.ANSWER: _("Answer of a partner"),
}
# Answers of the report as she reads them back: its name, label, and code list.
ANSWERS: tuple[tuple[str, str | Promise, str], ...] = (
    ("types", _("What happened"), "incident_types"),
    ("occurred", _("When"), ""),
    ("channels", _("Where or how"), "channels"),
    ("perpetrators", _("Who did it"), "perpetrator_kinds"),
    ("office", _("Office"), "office_roles"),
    ("reporter_role", _("For whom"), "reporter_roles"),
    ("family", _("Family or housemates affected"), "yes_no"),
    ("decision_influenced", _("Decision influenced"), "yes_no"),
    ("wish", _("What you wanted"), "wishes"),
    ("anonymity", _("With or without a name"), "anonymity"),
)


@dataclass(frozen=True)
class Message:
    """One message of the thread, as the page shows it."""

    is_hers: bool
    heading: str | Promise
    written_on: Any
    text: str


def overview(access: Access, now: datetime) -> dict[str, Any]:
    """Everything the mailbox page tells; the same for each way in."""
    case, today = access.case, timezone.localdate(now)
    opened = services.thread(access)
    check_ins = services.check_ins(access)
    referrals = services.referrals_of(access)
    return {
        "case": case,
        "standing": services.standing_of(case, services.last_move(case)),
        "handler": services.handler_of(case, today),
        "promises": [services.told(p, today) for p in services.promises(case)],
        "openings": services.identity_openings(case, today),
        "asked_of_two": services.requests_about(case)[::-1],
        "changes": services.changes_about(case)[::-1],
        "offer": services.offered_plan(access),
        "check_ins": check_ins,
        "open_check_in": next((c for c in check_ins if c.can_answer), None),
        "referrals": referrals,
        "story": services.story_of(access),
        "asked": [r for r in referrals if r.needs_consent],
        "messages_both_ways": [_message(o) for o in reversed(opened)],
        "wish": codes.label("wishes", services.wish_of(opened)),
        "file_count": case.attachments.of_reporter().count(),
        "counting": services.counting(access),
        "can_reread": services.can_reread(access),
        "can_withdraw": services.can_withdraw(access),
    }


def _message(opened: Opened) -> Message:
    statement = opened.statement
    hers = statement.kind == StatementKind.REPLY
    wish = opened.body.get("wish")
    author = statement.author.name if statement.author else ""
    heading = _("You") if hers else (author or KINDS[statement.kind])
    if not hers and author and statement.kind != StatementKind.MESSAGE:
        heading = f"{KINDS[statement.kind]} · {author}"
    text = capfirst(codes.label("wishes", wish)) if wish else opened.text
    return Message(hers, heading, statement.written_on, text)


def report_rows(answers: Mapping[str, Any]) -> list[dict[str, str]]:
    """The answers of the own report, in the words of the page."""
    rows = []
    for name, label, code_list in ANSWERS:
        value = answers.get(name)
        if value:
            rows.append({"key": str(label), "value": _shown(value, code_list)})
    return rows


def _shown(value: Any, code_list: str) -> str:
    if isinstance(value, list):
        return "\n".join(capfirst(text) for text in codes.labels(code_list, value))
    if code_list:
        return capfirst(codes.label(code_list, value))
    day = parse_date(value)
    return formats.date_format(day, "j F Y") if day else str(value)
