"""Where each ciphertext of a story in its case belongs, and sealing it there."""

import base64
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

from weerbaar.stories.models.told import Story
from weerbaar.stories.services.words import LENGTH, Text, text_of
from weerbaar.vault.core import Secret
from weerbaar.vault.envelope import open_json, seal_json
from weerbaar.vault.keyring import Keyring


@dataclass(frozen=True)
class Way:
    """What leads from a case to the network's copy: where it lies, and a Secret.

    The Secret's id marks the copy, and opens what the editor answers.
    """

    slot: UUID
    secret: Secret

    @classmethod
    def new(cls) -> "Way":
        return cls(uuid4(), Secret.new())

    @property
    def mark(self) -> UUID:
        return self.secret.public.id


def seal_text(story: Story, text: Text, secret: Secret) -> None:
    """Put the text into the story for its present version; does not save."""
    content, place = asdict(text), story.place("text")
    story.text = seal_json(secret, content, place=place, least=LENGTH)


def open_text(story: Story, keyring: Keyring) -> Text:
    """The text as it stands now, for handler and reporter. Raises vault errors."""
    return text_of(_opened(story, "text", keyring))


def seal_wish(story: Story, words: str, secret: Secret) -> None:
    """Keep what she wants to be different; does not save."""
    story.wish = seal_json(secret, {"text": words}, place=story.place("wish"))


def open_wish(story: Story, keyring: Keyring) -> str:
    """What she wants to be different; empty when she did not say. Raises vault
    errors.
    """
    return str(_opened(story, "wish", keyring)["text"]) if story.wish else ""


def seal_way(story: Story, way: Way, secret: Secret) -> None:
    """Keep what leads to the network's copy; does not save."""
    kept = base64.b64encode(way.secret.to_bytes()).decode()
    content = {"slot": str(way.slot), "secret": kept}
    story.way = seal_json(secret, content, place=story.place("way"))


def open_way(story: Story, keyring: Keyring) -> Way | None:
    """What leads to the network's copy; None before it was sent.

    Raises vault errors.
    """
    if not story.way:
        return None
    content = _opened(story, "way", keyring)
    secret = Secret.from_bytes(base64.b64decode(content["secret"]))
    return Way(UUID(content["slot"]), secret)


def _opened(story: Story, section: str, keyring: Keyring) -> dict[str, Any]:
    secret = keyring.open(story.case.dialogue_key_id)
    blob = bytes(getattr(story, section))
    return open_json(secret, blob, place=story.place(section))
