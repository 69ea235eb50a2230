"""The reporter's say on a practice story of her case."""

from datetime import datetime

from intake.services.entering import Access
from intake.services.helping import NotYours
from weerbaar.stories import services as stories
from weerbaar.stories.models import Story


def story_of(access: Access) -> stories.Opened | None:
    """The story of her case, with every word of it; None without one."""
    found = stories.story_of(access.case)
    return stories.open_story(found, access.keyring) if found else None


def one_story(access: Access) -> stories.Opened:
    """The story of her case. Raises NotYours."""
    found = story_of(access)
    if found is None:
        raise NotYours
    return found


def _story(access: Access) -> Story:
    return one_story(access).story


def agree_to_story(access: Access, *, version: int, now: datetime) -> None:
    """She lets the network have exactly the text she read.

    Raises NotYours, StoryChanged, StepNotPossible.
    """
    stories.agree(_story(access), version=version, by=access.by, now=now)


def want_other_story(
    access: Access, words: str, *, version: int, now: datetime
) -> None:
    """She says what has to be different first. Raises as `agree_to_story`, and
    WishMissing.
    """
    stories.ask_change(
        _story(access),
        words,
        version=version,
        by=access.by,
        keyring=access.keyring,
        now=now,
    )


def end_story(access: Access, *, now: datetime) -> None:
    """Her no, or her yes taken back; the network's copy goes at once.

    Raises NotYours, StepNotPossible.
    """
    stories.end(_story(access), by=access.by, keyring=access.keyring, now=now)


def story_stands(access: Access, state: str) -> bool:
    """Whether the story already stands where her word would bring it."""
    return one_story(access).state == state
