"""The words of a story, as both sides of this room pass them on."""

from dataclasses import dataclass
from typing import Any

PARTS = ("title", "happened", "done", "helped", "lessons")


@dataclass(frozen=True)
class Text:
    """A story: five parts in the handler's own words, and two codes at most."""

    title: str
    happened: str
    done: str
    helped: str
    lessons: str
    office_kind: str = ""
    topic: str = ""

    @property
    def whole(self) -> str:
        """All words, for who looks for what gives somebody away."""
        return "\n".join(getattr(self, part) for part in PARTS)


def text_of(content: dict[str, Any]) -> Text:
    """The story in a document; other entries of it are left out."""
    return Text(**{name: str(content[name]) for name in Text.__dataclass_fields__})
