"""The tables of themes, activities and instruments: states, and who moves them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from weerbaar.audit.kinds import Kind
from weerbaar.network.agenda.permissions import (
    may_check_instrument,
    may_decide,
    may_end_instrument,
    may_take_back,
)
from weerbaar.steps import Machine, Step, refusal, step

# In gezamenlijkheid (letter of 4 July 2017): one partner alone names nothing.
TOGETHER = 2


class ThemeState(models.TextChoices):
    """Where a theme stands."""

    PROPOSED = "proposed", _("proposed")
    NAMED = "named", _("named")
    NOT_CHOSEN = "not_chosen", _("not chosen")
    WITHDRAWN = "withdrawn", _("taken back")


class ActivityState(models.TextChoices):
    """Where an activity stands."""

    COMMITTED = "committed", _("money committed")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


class InstrumentState(models.TextChoices):
    """Where a proposed instrument stands."""

    PROPOSED = "proposed", _("proposed")
    CHECKED = "checked", _("checked")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("taken off the list")


@refusal(_("The network names themes together: two partners have to support it."))
def supported_together(theme: "ThemeWorkflow") -> bool:
    return theme.supports.count() >= TOGETHER  # type: ignore[attr-defined]


@refusal(_("Money is committed to this theme. Cancel its activities first."))
def without_money(theme: "ThemeWorkflow") -> bool:
    activities = theme.activities.all()  # type: ignore[attr-defined]
    return all(one.state == ActivityState.CANCELLED for one in activities)


@refusal(_("Write first what came of it."))
def with_result(activity: "ActivityWorkflow") -> bool:
    return bool(activity.result)  # type: ignore[attr-defined]


class ThemeWorkflow(Machine):
    """A theme of the year as a state machine; each method is one row of the table."""

    state = FSMField(
        default=ThemeState.PROPOSED, choices=ThemeState.choices, protected=True
    )

    class Meta:
        abstract = True

    @step(
        state,
        source=[ThemeState.PROPOSED],
        target=ThemeState.NAMED,
        permission=may_decide,
        conditions=[supported_together],
        says=Step(_("Name the theme"), Kind.THEME_NAMED),
    )
    def choose(self) -> None:
        """The partners chose it for its year."""

    @step(
        state,
        source=[ThemeState.PROPOSED, ThemeState.NAMED],
        target=ThemeState.NOT_CHOSEN,
        permission=may_decide,
        conditions=[without_money],
        says=Step(_("Do not choose the theme"), Kind.THEME_DROPPED),
    )
    def pass_over(self) -> None:
        """The partners chose others, or came back on it before money was committed."""

    @step(
        state,
        source=[ThemeState.PROPOSED],
        target=ThemeState.WITHDRAWN,
        permission=may_take_back,
        says=Step(_("Take the proposal back"), Kind.THEME_WITHDRAWN),
    )
    def withdraw(self) -> None:
        """The partner that proposed it does not want it any more."""


class ActivityWorkflow(Machine):
    """An activity as a state machine; cancelled, its money is free again."""

    state = FSMField(
        default=ActivityState.COMMITTED, choices=ActivityState.choices, protected=True
    )

    class Meta:
        abstract = True

    @step(
        state,
        source=[ActivityState.COMMITTED, ActivityState.DONE],
        target=ActivityState.DONE,
        permission=may_decide,
        conditions=[with_result],
        says=Step(_("Keep the result"), Kind.ACTIVITY_DONE),
    )
    def finish(self) -> None:
        """It is over, and everybody in the network can read what came of it."""

    @step(
        state,
        source=[ActivityState.COMMITTED],
        target=ActivityState.CANCELLED,
        permission=may_decide,
        says=Step(_("Cancel the activity"), Kind.ACTIVITY_CANCELLED),
    )
    def cancel(self) -> None:
        """It does not take place; its money goes back to the budget of the year."""


class InstrumentWorkflow(Machine):
    """An instrument as a state machine: proposed, checked by another, published."""

    state = FSMField(
        default=InstrumentState.PROPOSED,
        choices=InstrumentState.choices,
        protected=True,
    )

    class Meta:
        abstract = True

    @step(
        state,
        source=[InstrumentState.PROPOSED],
        target=InstrumentState.CHECKED,
        permission=may_check_instrument,
        says=Step(_("It is right as it stands here"), Kind.INSTRUMENT_CHECKED),
    )
    def check_content(self) -> None:
        """Somebody other than the proposer looked: it works, and the words are true."""

    @step(
        state,
        source=[InstrumentState.CHECKED],
        target=InstrumentState.PUBLISHED,
        permission=may_decide,
        says=Step(_("Publish the instrument"), Kind.INSTRUMENT_PUBLISHED),
    )
    def publish_instrument(self) -> None:
        """It stands in the catalogue that everybody can read."""

    @step(
        state,
        source=[InstrumentState.PUBLISHED],
        target=InstrumentState.PUBLISHED,
        permission=may_check_instrument,
        says=Step(_("I checked it again today"), Kind.INSTRUMENT_CHECKED),
    )
    def check_again(self) -> None:
        """It still works and is still true."""

    @step(
        state,
        source=[
            InstrumentState.PROPOSED,
            InstrumentState.CHECKED,
            InstrumentState.PUBLISHED,
        ],
        target=InstrumentState.WITHDRAWN,
        permission=may_end_instrument,
        says=Step(_("Take it off the list"), Kind.INSTRUMENT_WITHDRAWN),
    )
    def end_instrument(self) -> None:
        """It is no longer offered."""
