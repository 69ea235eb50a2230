"""Who may do what with a story in its case, and with what the network has of it."""

from typing import Any

from cases import permissions as of_case
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission


def may_handle(story: Any, by: Any) -> bool:
    """A handler to whom the case was granted."""
    return of_case.may_handle(story.case, by)


def is_reporter(story: Any, by: Any) -> bool:
    """The reporter of the case, by receipt."""
    return of_case.is_reporter(story.case, by)


def may_answer(story: Any, by: Any) -> bool:
    """The reporter herself, or a handler of the case."""
    return is_reporter(story, by) or may_handle(story, by)


def may_edit(edition: Any, by: Any) -> bool:
    """An editor: an analyst of the network."""
    return isinstance(by, User) and by.may_anywhere(Permission.PUBLISH_FIGURES)
