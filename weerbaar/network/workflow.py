"""The table of a release of figures: its states, and every step from one to another.

The worker counts, rounds and has the checker look; two people approve and publish; what
was published is replaced or withdrawn, and never taken back unseen (statistics 4.5).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from weerbaar.audit.kinds import Kind
from weerbaar.network.permissions import (
    may_check,
    may_make,
    may_publish,
    may_replace,
)
from weerbaar.steps import Machine, Step, refusal, step


class State(models.TextChoices):
    """Where a release stands."""

    DRAFT = "draft", _("draft")
    COUNTED = "counted", _("counted")
    ROUNDED = "rounded", _("rounded")
    AUDITED = "audited", _("checked")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("replaced")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REFUSED = "refused", _("refused")


# Made, and not yet published nor put aside.
WAITING = [State.DRAFT, State.COUNTED, State.ROUNDED, State.AUDITED, State.APPROVED]


@refusal(_("The check found something. These figures cannot be published."))
def nothing_found(release: "ReleaseWorkflow") -> bool:
    return not release.findings  # type: ignore[attr-defined]


@refusal(_("The figures are not what was checked. They cannot be published."))
def unchanged(release: "ReleaseWorkflow") -> bool:
    return bool(release.is_intact)  # type: ignore[attr-defined]


@refusal(
    _("This period was published, and it is not yet time to publish it once more.")
)
def still_due(release: "ReleaseWorkflow") -> bool:
    return bool(release.is_due)  # type: ignore[attr-defined]


@refusal(_("These figures were never published."), hides=True)
def was_published(release: "ReleaseWorkflow") -> bool:
    return release.published_at is not None  # type: ignore[attr-defined]


class ReleaseWorkflow(Machine):
    """The release as a state machine; each method is one row of the table."""

    state = FSMField(default=State.DRAFT, choices=State.choices, protected=True)

    class Meta:
        abstract = True

    @step(
        state,
        source=[State.DRAFT],
        target=State.COUNTED,
        permission=may_make,
        says=Step(_("Count the reports"), Kind.RELEASE_MADE, hidden=True),
    )
    def count(self) -> None:
        """The worker opened the contributions and counted; the truth is sealed."""

    @step(
        state,
        source=[State.COUNTED],
        target=State.ROUNDED,
        permission=may_make,
        says=Step(_("Round the figures"), Kind.RELEASE_ROUND, hidden=True),
    )
    def round_off(self) -> None:
        """All tables are rounded together, and what is too thin became a dot."""

    @step(
        state,
        source=[State.ROUNDED],
        target=State.AUDITED,
        permission=may_make,
        conditions=[nothing_found, unchanged],
        says=Step(_("Have the figures checked"), Kind.RELEASE_AUDIT, hidden=True),
    )
    def audit(self) -> None:
        """The checker attacked the figures beside the truth, and found nothing."""

    @step(
        state,
        source=[State.AUDITED],
        target=State.APPROVED,
        permission=may_check,
        conditions=[nothing_found, unchanged],
        says=Step(_("Approve the figures"), Kind.RELEASE_APPROVE),
    )
    def approve(self) -> None:
        """A first analyst read the tables and stands for them."""

    @step(
        state,
        source=[State.AUDITED, State.APPROVED],
        target=State.REFUSED,
        permission=may_check,
        says=Step(_("Refuse the figures"), Kind.RELEASE_REFUSE),
    )
    def refuse(self) -> None:
        """An analyst does not trust the figures: they are put aside for good."""

    @step(
        state,
        source=[State.APPROVED],
        target=State.PUBLISHED,
        permission=may_publish,
        conditions=[nothing_found, unchanged, still_due],
        says=Step(_("Publish the figures"), Kind.RELEASE_PUBLISH),
    )
    def publish(self) -> None:
        """A second analyst publishes what the first approved."""

    @step(
        state,
        source=[*WAITING[1:], State.PUBLISHED],
        target=State.SUPERSEDED,
        permission=may_replace,
        says=Step(_("Replace the figures"), Kind.RELEASE_SUPERSEDE, hidden=True),
    )
    def supersede(self) -> None:
        """Newer figures took the place of these."""

    @step(
        state,
        source=[State.PUBLISHED, State.SUPERSEDED],
        target=State.WITHDRAWN,
        permission=may_check,
        conditions=[was_published],
        says=Step(_("Withdraw the figures"), Kind.RELEASE_WITHDRAW, hidden=True),
    )
    def withdraw(self) -> None:
        """Wrong, or telling too much: a tombstone stays, and no number shows."""
