"""Who may do what with a release of figures; each predicate takes it and the actor."""

from typing import Any

from weerbaar.accounts.actors import System
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission


def may_check(release: Any, by: Any) -> bool:
    """An analyst of the network."""
    return isinstance(by, User) and by.may_anywhere(Permission.PUBLISH_FIGURES)


def may_make(release: Any, by: Any) -> bool:
    """The network's worker, which alone has the Secret of the year."""
    return isinstance(by, System)


def may_publish(release: Any, by: Any) -> bool:
    """An analyst, but not the one who approved: two people (design 8)."""
    return may_check(release, by) and release.approved_by_id != by.pk


def may_replace(release: Any, by: Any) -> bool:
    """The network's worker, when it counted again, or the analyst who publishes."""
    return isinstance(by, System) or may_check(release, by)
