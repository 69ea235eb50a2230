"""Reading a story in its case, and what the network did with it."""

from dataclasses import dataclass
from uuid import UUID

from cases.models import Case
from weerbaar.accounts.models import User
from weerbaar.stories.clues import Clue, clues
from weerbaar.stories.models import Edition, Story
from weerbaar.stories.services.copies import edition_of, editions_of
from weerbaar.stories.services.sealing import Way, open_text, open_way, open_wish
from weerbaar.stories.services.words import Text
from weerbaar.stories.workflow import EditionState, State
from weerbaar.vault.envelope import open_json_sealed
from weerbaar.vault.keyring import Keyring


@dataclass(frozen=True)
class AtNetwork:
    """What became of it there: a state, nothing while it lies in the letterbox."""

    edition: Edition | None
    reason: str = ""

    @property
    def state(self) -> str:
        return str(self.edition.state) if self.edition else ""

    @property
    def is_published(self) -> bool:
        return self.state == EditionState.PUBLISHED


@dataclass(frozen=True)
class Opened:
    """A story, opened for who handles its case or reported it."""

    story: Story
    text: Text
    wish: str
    network: AtNetwork | None

    @property
    def pk(self) -> UUID:
        return self.story.pk

    @property
    def state(self) -> str:
        return str(self.story.state)

    @property
    def may_answer(self) -> bool:
        """Whether the reporter's word is waited for."""
        return self.state == State.ASKED

    @property
    def may_take_back(self) -> bool:
        """Whether there is a yes to take back."""
        return self.state in {State.AGREED, State.SENT}


def story_of(case: Case) -> Story | None:
    """The story of a case, if there is one; nothing of it is opened."""
    return Story.objects.filter(case=case).select_related("case", "written_by").first()


def open_story(story: Story, keyring: Keyring) -> Opened:
    """The words, her wish, and what the network did. Raises vault errors."""
    way = open_way(story, keyring)
    return _opened(story, keyring, way, edition_of(way.mark) if way else None)


def _opened(
    story: Story, keyring: Keyring, way: Way | None, edition: Edition | None
) -> Opened:
    return Opened(
        story,
        open_text(story, keyring),
        open_wish(story, keyring),
        _at_network(way, edition) if way else None,
    )


def _at_network(way: Way, found: Edition | None) -> AtNetwork:
    if found is None or not found.reason:
        return AtNetwork(found)
    blob = bytes(found.reason)
    told = open_json_sealed(way.secret, blob, place=found.reason_place)
    return AtNetwork(found, str(told["text"]))


def open_all(user: User, keyring: Keyring) -> list[Opened]:
    """The stories of the cases that this person handles. Raises vault errors."""
    found = Story.objects.visible_to(user).select_related("case__organisation")
    rows = list(found.order_by("-written_on", "id"))
    keyring.preload(
        {s.case.case_key_id for s in rows} | {s.case.dialogue_key_id for s in rows}
    )
    ways = [open_way(story, keyring) for story in rows]
    there = editions_of([way.mark for way in ways if way])
    return [
        _opened(story, keyring, way, there.get(way.mark) if way else None)
        for story, way in zip(rows, ways, strict=True)
    ]


def clues_in(text: Text, case: Case) -> list[Clue]:
    """What in a story may give somebody away; the organisation's own name above all."""
    name = case.organisation.name
    return clues(text.whole, known=[name, name.split()[-1]])
