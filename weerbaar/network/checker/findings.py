"""What the checker can find wrong, each with a code and a sentence for the page."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# A cell of any table: what is counted, and its categories; none of them is the total.
Address = tuple[str, frozenset[tuple[str, str]]]

SAYS: dict[str, str | Promise] = {
    "plan": _("the release plan is not the one that the figures name, or is broken"),
    "adopted": _(
        "a release plan that did not come with this program: it is another plan, "
        "or the program is too old for these figures"
    ),
    "tree": _("the tables of the plan cannot be checked as one whole"),
    "unregistered": _(
        "there is no register of posts, by which groups are found large enough: import "
        "one, and have the year counted again"
    ),
    "group": _("a group of too few office holders or organisations"),
    "admission": _("a table too fine for last year's numbers"),
    "share": _("a percentage that does not follow from the numbers, or of too few"),
    "shape": _("a table does not have the form of the plan"),
    "forbidden": _("a table or an entry that the plan does not know"),
    "files": _("a file that is missing, changed, or differs from the figures"),
    "rounding": _("a number that is not rounded"),
    "sums": _("rows or columns that do not add up"),
    "contradiction": _("two tables that contradict each other"),
    "bound": _("a number further from the truth than is said"),
    "few": _("a number that too few people or organisations stand behind"),
    "narrow": _("a number that the other numbers give away"),
    "derivable": _("a dot that follows from the other numbers"),
    "certain": _("a group that is certain to be empty, or to be all there is"),
    "joined": _("a number of two tables put together that can be worked out"),
    "insider": _("a number that one organisation can work out with its own cases"),
    "coalition": _("a number that a few organisations together can work out"),
    "outside": _("a number that follows from what was made known elsewhere"),
    "moved": _("a number that moved since an earlier release without a reason"),
    "time": _("a number or a change that two releases together give away"),
    "again": _("a third release of the same period: two are all that there may be"),
    "signature": _("no signature of the network that fits this release"),
    "unroundable": _("the tables cannot be rounded together: the plan has too many"),
    "failed": _("the check could not be carried out in full"),
}


class Finding(NamedTuple):
    """What is wrong (a key of SAYS), and in which table; no table when it is all."""

    code: str
    table: str
