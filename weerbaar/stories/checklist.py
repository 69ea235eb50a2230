"""What an editor checks before a story is published, so that nobody is recognised.

One rule a point; all of them have to hold. The codes are kept with what was published,
so a rule that is added later says nothing of what was published before.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Point:
    """A box to tick, and the rule that it stands for."""

    code: str
    label: Promise
    rule: Promise


POINTS = (
    Point(
        "names",
        _("No name, place, date or party"),
        _('Also no nickname, street, building, name of a plan, or "last spring".'),
    ),
    Point(
        "combination",
        _("Many people can be meant"),
        _(
            "Office, topic and events together fit at least ten office holders in at "
            "least five organisations."
        ),
    ),
    Point(
        "search",
        _("A search finds nothing"),
        _(
            "Search newspapers and social media for the most striking words of the "
            "story. If one report fits, it stays out."
        ),
    ),
    Point(
        "measures",
        _("A perpetrator learns nothing"),
        _(
            "No security measures, no working method of the police, nothing about when "
            "or where somebody is alone."
        ),
    ),
    Point(
        "others",
        _("Nothing about relatives or health"),
        _("No partner, child, parent or neighbour, no illness, no therapy."),
    ),
    Point(
        "inquiry",
        _("Nothing of an inquiry that still runs"),
        _("No report to the police, suspect or lawsuit that is not over."),
    ),
)
CODES = tuple(point.code for point in POINTS)


def is_complete(ticked: Iterable[str]) -> bool:
    """Was every point ticked?"""
    return set(CODES) <= set(ticked)
