"""The table of a release of figures: its states, and every step from one to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from weerbaar.audit.kinds import Kind
from weerbaar.network.permissions import may_check, may_publish, may_replace
from weerbaar.steps import Machine, Step, refusal, step


class State(models.TextChoices):
    """Where a release stands."""

    DRAFT = "draft", _("draft")
    AUDITED = "audited", _("checked")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("replaced")
    REFUSED = "refused", _("refused")


@refusal(_("The check found something. These figures cannot be published."))
def nothing_found(release: "ReleaseWorkflow") -> bool:
    return not release.findings  # type: ignore[attr-defined]


@refusal(_("The figures are not what was checked. They cannot be published."))
def unchanged(release: "ReleaseWorkflow") -> bool:
    return bool(release.is_intact)  # type: ignore[attr-defined]


@refusal(_("This period was published twice already. Wait for the next quarter."))
def still_due(release: "ReleaseWorkflow") -> bool:
    return bool(release.is_due)  # type: ignore[attr-defined]


class ReleaseWorkflow(Machine):
    """The release as a state machine; each method is one row of the table."""

    state = FSMField(default=State.DRAFT, choices=State.choices, protected=True)

    class Meta:
        abstract = True

    @step(
        state,
        source=[State.DRAFT],
        target=State.AUDITED,
        permission=may_check,
        conditions=[nothing_found, unchanged],
        says=Step(_("Have the figures checked"), Kind.RELEASE_AUDIT),
    )
    def audit(self) -> None:
        """The checker found nothing, and a first analyst stands for the figures."""

    @step(
        state,
        source=[State.DRAFT, State.AUDITED],
        target=State.REFUSED,
        permission=may_check,
        says=Step(_("Refuse the figures"), Kind.RELEASE_REFUSE),
    )
    def refuse(self) -> None:
        """The checker found something, or an analyst does not trust the figures."""

    @step(
        state,
        source=[State.AUDITED],
        target=State.PUBLISHED,
        permission=may_publish,
        conditions=[unchanged, still_due],
        says=Step(_("Publish the figures"), Kind.RELEASE_PUBLISH),
    )
    def publish(self) -> None:
        """A second analyst publishes what the first had checked."""

    @step(
        state,
        source=[State.DRAFT, State.AUDITED, State.PUBLISHED],
        target=State.SUPERSEDED,
        permission=may_replace,
        says=Step(_("Replace the figures"), Kind.RELEASE_SUPERSEDE, hidden=True),
    )
    def supersede(self) -> None:
        """Newer figures took the place of these."""
