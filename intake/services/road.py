"""What happens after a report: the steps of the protocol, and their time (R-24).

What is promised comes from the protocol's clocks, what is usual from the network's
published figures. It tells of nobody's report.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.clocks import CLOCKS, Clock
from weerbaar.contributions.waiting import UsualWait, UsualWaits, usual_waits

Text = str | Promise
# A clock that is not worded here is not promised to anybody.
TERMS: dict[Clock, Text] = {
    Clock(0): _("The same day. After five o'clock: the next day."),
    Clock(2, working=True): _("Within two working days."),
    Clock(3): _("Within three days."),
}


@dataclass(frozen=True)
class Step:
    """A step as the page draws it; `figures` names its numbers, each with a label."""

    icon: str
    title: Text
    text: Text
    promised: Text = ""
    figures: tuple[tuple[str, Text], ...] = ()


STEPS = (
    Step(
        "edit",
        _("You report"),
        _(
            "You get a code of seven words. With it you read how your report stands, "
            "and write to us."
        ),
    ),
    Step(
        "phone",
        _("We contact you"),
        _("In the way that you chose as safe. We ask what you need now."),
        TERMS[CLOCKS["first_contact"]],
        (("first_contact", ""),),
    ),
    Step(
        "scale",
        _("We decide with you how to react"),
        _(
            "A talk with the person who did this, a letter, a ban, or nothing. You say "
            "what you want."
        ),
        TERMS[CLOCKS["reaction"]],
        (("reaction", ""),),
    ),
    Step(
        "messages",
        _("A quiet talk"),
        _("About what happened, how you are, and what helps."),
        TERMS[CLOCKS["reception_talk"]],
        (("reception_talk", ""),),
    ),
    Step(
        "users",
        _("Help of others, if you want it"),
        _(
            "The support team, Slachtofferhulp, the police. You read beforehand what "
            "we pass on, and say yes or no."
        ),
    ),
    Step(
        "heart-handshake",
        _("We ask how you are"),
        _("Also when everything is quiet again. If you want that."),
        _("After two weeks, and after six to eight weeks."),
        (
            ("check_two_weeks", _("Two weeks")),
            ("check_six_weeks", _("Six to eight weeks")),
        ),
    ),
    Step(
        "circle-check",
        _("We close the case with you"),
        _("We look back together. If it starts again, you can always report again."),
        "",
        (("closing", ""),),
    ),
)


@dataclass(frozen=True)
class Milestone:
    """A step with what is usual for it; `usual` holds labels and waits."""

    step: Step
    usual: tuple[tuple[Text, UsualWait], ...]


@dataclass(frozen=True)
class Road:
    """All steps, and of which period the usual waits are."""

    milestones: tuple[Milestone, ...]
    waits: UsualWaits


def road() -> Road:
    """The steps after a report, with the waits that are published."""
    waits = usual_waits()
    return Road(tuple(Milestone(s, _usual(s, waits)) for s in STEPS), waits)


def _usual(step: Step, waits: UsualWaits) -> tuple[tuple[Text, UsualWait], ...]:
    return tuple(
        (label, waits.steps[name])
        for name, label in step.figures
        if name in waits.steps
    )
