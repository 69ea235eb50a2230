"""Who acts: a signed-in person, a reporter with a receipt, or the system itself."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Reporter:
    """A person without an account, known only by the dialogue that a receipt opens."""

    dialogue_key_id: UUID

    @property
    def pk(self) -> None:
        return None


@dataclass(frozen=True)
class System:
    """Work on the clock: reminders, tabulation, expiry."""

    @property
    def pk(self) -> None:
        return None


SYSTEM = System()

type_names = {"User": "person", "Reporter": "reporter", "System": "system"}


def actor_kind(by: object) -> str:
    """`person`, `reporter` or `system`."""
    # Not type(by): the user of a request is wrapped.
    return type_names[by.__class__.__name__]
