"""Who may do what with a story in its case, and with what the network has of it."""

from typing import Any

from cases.permissions import is_reporter, may_handle
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission


def handles(story: Any, by: Any) -> bool:
    """A handler to whom the case was granted."""
    return may_handle(story.case, by)


def is_hers(story: Any, by: Any) -> bool:
    """The reporter of the case, by receipt."""
    return is_reporter(story.case, by)


def is_hers_or_handles(story: Any, by: Any) -> bool:
    """The reporter herself, or a handler of the case."""
    return is_hers(story, by) or handles(story, by)


def edits(edition: Any, by: Any) -> bool:
    """An editor: an analyst of the network."""
    return isinstance(by, User) and by.may_anywhere(Permission.PUBLISH_FIGURES)
