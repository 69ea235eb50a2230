"""The verbs of a practice story: from a case, by the reporter's yes, to the network."""

from weerbaar.stories.services.answering import (
    AskedInMailbox,
    DayNotRight,
    HowMissing,
    StoryChanged,
    WishMissing,
    agree,
    ask_change,
    end,
    let_go,
)
from weerbaar.stories.services.editing import (
    ReasonMissing,
    TooFew,
    can_take_out,
    lying,
    publish,
    published_text,
    read,
    read_all,
    read_to_edit,
    refuse,
    send_back,
    take_off,
    take_out,
    together,
)
from weerbaar.stories.services.editors import editors
from weerbaar.stories.services.leaving import leave_desk
from weerbaar.stories.services.published import published_for, was_published
from weerbaar.stories.services.reading import (
    AtNetwork,
    Opened,
    clues_in,
    open_all,
    open_story,
    story_of,
)
from weerbaar.stories.services.sending import NobodyEdits, send
from weerbaar.stories.services.words import FIELDS, LONGEST, PARTS, OfficeKind, Text
from weerbaar.stories.services.writing import AlreadyWritten, revise, write

__all__ = [
    "FIELDS",
    "LONGEST",
    "PARTS",
    "AlreadyWritten",
    "AskedInMailbox",
    "AtNetwork",
    "DayNotRight",
    "HowMissing",
    "NobodyEdits",
    "OfficeKind",
    "Opened",
    "ReasonMissing",
    "StoryChanged",
    "Text",
    "TooFew",
    "WishMissing",
    "agree",
    "ask_change",
    "can_take_out",
    "clues_in",
    "editors",
    "end",
    "leave_desk",
    "let_go",
    "lying",
    "open_all",
    "open_story",
    "publish",
    "published_for",
    "published_text",
    "read",
    "read_all",
    "read_to_edit",
    "refuse",
    "revise",
    "send",
    "send_back",
    "story_of",
    "take_off",
    "take_out",
    "together",
    "was_published",
    "write",
]
