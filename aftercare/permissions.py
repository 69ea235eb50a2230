"""Who may do what in aftercare: the handlers of the case, and its reporter."""

from typing import Any

from cases.permissions import is_reporter, may_handle


def handles(thing: Any, by: Any) -> bool:
    """A handler to whom the case was granted."""
    return may_handle(thing.case, by)


def is_hers(thing: Any, by: Any) -> bool:
    """The reporter of the case, by receipt."""
    return is_reporter(thing.case, by)


def is_hers_or_handles(thing: Any, by: Any) -> bool:
    """The reporter herself, or a handler who records what she said."""
    return is_hers(thing, by) or handles(thing, by)
