"""The floor of a plan: every group of who or where is large enough, by the register."""

from collections.abc import Sequence
from itertools import product

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from weerbaar.network.dimensions import Dimension
from weerbaar.network.plan import Floor, Plan
from weerbaar.network.register import Posts


def below_floor(plan: Plan, posts: Sequence[Posts]) -> list[str]:
    """The groups of who or where with too few office holders or organisations.

    Counted in the public register of posts, never in incidents (statistics 4.1).
    """
    found: dict[str, None] = {}
    for table in plan.tables:
        who = [d for d in table.dimensions if d.who_or_where]
        for categories in product(*[d.codes for d in who]) if who else ():
            group = list(zip(who, categories, strict=True))
            # Where no post can be there is nobody to count.
            if all(d.takes[code] for d, code in group):
                reason = _below(plan.floor, group, posts)
                if reason:
                    found[reason] = None
    return list(found)


def _below(
    floor: Floor, group: Sequence[tuple[Dimension, str]], posts: Sequence[Posts]
) -> str:
    members = [
        post
        for post in posts
        if all(getattr(post, d.code) in d.takes[code] for d, code in group)
    ]
    holders = sum(post.number for post in members)
    organisations = len({post.organisation for post in members})
    if holders >= floor.holders and organisations >= floor.organisations:
        return ""
    name = ", ".join(str(dimension.label_of(code)) for dimension, code in group)
    words = _("%(name)s (office holders: %(holders)d, organisations: %(places)d)")
    facts = {"name": name, "holders": holders, "places": organisations}
    return capfirst(words % facts)
