"""Taking the network's copy away from the side of the case."""

from datetime import datetime

from weerbaar.stories.models.told import Story
from weerbaar.stories.services import copies
from weerbaar.stories.services.sealing import open_way
from weerbaar.vault.keyring import Keyring


def pull_back(story: Story, *, keyring: Keyring, now: datetime) -> None:
    """Remove what the network has of it, inside the caller's transaction.

    Does nothing for a story that was never sent. Raises vault errors.
    """
    way = open_way(story, keyring)
    if way is not None:
        copies.remove(slot=way.slot, mark=way.mark, now=now)
