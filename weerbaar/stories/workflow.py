"""The tables of a story in its case, and of what the network has of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from weerbaar.audit.kinds import Kind
from weerbaar.steps import Machine, Step, refusal, step
from weerbaar.stories.checklist import is_complete
from weerbaar.stories.permissions import (
    is_reporter,
    may_answer,
    may_edit,
    may_handle,
)


class State(models.TextChoices):
    """Where a story stands in its case."""

    ASKED = "asked", _("with the reporter")
    CHANGE_WANTED = "change_wanted", _("another text wanted")
    AGREED = "agreed", _("the reporter agrees")
    SENT = "sent", _("sent to the network")
    ENDED = "ended", _("ended")


class EditionState(models.TextChoices):
    """Where the text stands at the network."""

    WAITING = "waiting", _("with the editor")
    RETURNED = "returned", _("sent back")
    REFUSED = "refused", _("not published")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("taken off")


class StoryWorkflow(Machine):
    """A story in its case as a state machine; each method is one row of the table."""

    hangs_on = "case"

    state = FSMField(default=State.ASKED, choices=State.choices, protected=True)

    class Meta:
        abstract = True

    @step(
        state,
        source=[State.ASKED, State.CHANGE_WANTED, State.AGREED, State.SENT],
        target=State.ASKED,
        permission=may_handle,
        says=Step(_("Change the story"), Kind.STORY_REVISED, hidden=True),
    )
    def revise(self) -> None:
        """Another text; a former yes counts no more, and the network's copy goes."""

    @step(
        state,
        source=[State.ASKED],
        target=State.AGREED,
        permission=may_answer,
        says=Step(_("Record consent"), Kind.STORY_AGREED),
    )
    def agree(self) -> None:
        """The reporter lets the network have exactly this text."""

    @step(
        state,
        source=[State.ASKED],
        target=State.CHANGE_WANTED,
        permission=is_reporter,
        says=Step(_("Ask for another text"), Kind.STORY_CHANGE_WANTED),
    )
    def ask_change(self) -> None:
        """The reporter says what has to be different first."""

    @step(
        state,
        source=[State.AGREED],
        target=State.SENT,
        permission=may_handle,
        says=Step(_("Send the story to the network"), Kind.STORY_SENT),
    )
    def send(self) -> None:
        """The text goes to the editors, and says nothing of where it came from."""

    @step(
        state,
        source=[State.ASKED, State.CHANGE_WANTED, State.AGREED, State.SENT],
        target=State.ENDED,
        permission=may_answer,
        says=Step(_("End the story"), Kind.STORY_ENDED),
    )
    def end(self) -> None:
        """A no, a yes taken back, or the handler's own; no such question comes again.

        The network's copy goes with it.
        """


@refusal(_("Go through the whole checklist first."))
def wholly_checked(edition: "EditionWorkflow") -> bool:
    return is_complete(edition.points)  # type: ignore[attr-defined]


class EditionWorkflow(Machine):
    """What the network has of a story, as a state machine; only editors move it.

    Reporter and handler take it away without a step here: the row goes (ADR 0029).
    """

    state = FSMField(
        default=EditionState.WAITING, choices=EditionState.choices, protected=True
    )

    class Meta:
        abstract = True

    @step(
        state,
        source=[EditionState.WAITING],
        target=EditionState.PUBLISHED,
        permission=may_edit,
        conditions=[wholly_checked],
        says=Step(_("Publish the story"), Kind.EDITION_PUBLISHED),
    )
    def publish(self) -> None:
        """Nobody can be recognised, says the editor: members can read it."""

    @step(
        state,
        source=[EditionState.WAITING],
        target=EditionState.RETURNED,
        permission=may_edit,
        says=Step(_("Send the story back"), Kind.EDITION_RETURNED),
    )
    def send_back(self) -> None:
        """It has to be written otherwise first; the text goes, the reason stays."""

    @step(
        state,
        source=[EditionState.WAITING],
        target=EditionState.REFUSED,
        permission=may_edit,
        says=Step(_("Do not publish the story"), Kind.EDITION_REFUSED),
    )
    def refuse(self) -> None:
        """It cannot be told without somebody being recognised; the text goes."""

    @step(
        state,
        source=[EditionState.PUBLISHED],
        target=EditionState.WITHDRAWN,
        permission=may_edit,
        says=Step(_("Take the story off"), Kind.EDITION_WITHDRAWN),
    )
    def take_off(self) -> None:
        """It turned out to tell too much; the text goes at once."""
