"""From audited to published: one analyst approves, another one publishes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.models import User
from weerbaar.contributions.services import make_final
from weerbaar.network.models import Release, Withdrawal
from weerbaar.network.permissions import may_check
from weerbaar.network.services.auditing import have_checked
from weerbaar.network.services.signing import ask_signature
from weerbaar.network.workflow import State
from weerbaar.steps import StepNotPossible, take_step

# What two people can still bring to publication.
CHECKED = frozenset({State.AUDITED, State.APPROVED})


class CheckFailed(StepNotPossible):
    """The checker found something that it did not find before."""

    title = _("The check found something")
    detail = _(
        "These figures cannot be published. Their page says what was found. Have the "
        "year counted again."
    )


def approve(release: Release, *, by: User, now: datetime) -> Release:
    """Have the figures checked once more, and stand for them with one's name.

    Raises StepForbidden, CheckFailed, and StepNotPossible when the figures are not as
    they were made.
    """
    _look_once_more(release, by)
    with transaction.atomic():
        take_step(release, "approve", by=by, now=now)
        release.approved_by, release.approved_at = by, now
        release.save(update_fields=["approved_by", "approved_at"])
    return release


def publish(release: Release, *, by: User, now: datetime) -> Release:
    """Publish what somebody else approved; it takes the place of older figures.

    It is checked again: a number may have become known elsewhere since, or the register
    or the plan may be another. With the definitive figures the year takes in nothing
    more, and its Secret goes. Raises StepForbidden for the one who approved,
    CheckFailed and StepNotPossible.
    """
    _look_once_more(release, by)
    with transaction.atomic():
        in_force = Release.objects.filter(year=release.year, state=State.PUBLISHED)
        for older in in_force.select_for_update():
            take_step(older, "supersede", by=by, now=now)
        take_step(release, "publish", by=by, now=now, year=release.year)
        release.vintage = release.next_vintage
        release.published_by, release.published_at = by, now
        release.save(update_fields=["published_by", "published_at", "vintage"])
        if not release.is_provisional:
            make_final(release.year, today=timezone.localdate(now))
        ask_signature(release)
    return release


def _look_once_more(release: Release, by: User) -> None:
    """Keep what the checker finds now beside what it found at the count.

    In a transaction of its own, so that the refusal takes nothing of it away. Raises
    CheckFailed; whoever may not ask for a check is refused later.
    """
    if not may_check(release, by):
        return
    with transaction.atomic():
        held = Release.objects.select_for_update().get(pk=release.pk)
        fresh = _found_now(held) if held.state in CHECKED else []
        if fresh:
            held.findings += fresh
            held.save(update_fields=["findings"])
    release.findings = held.findings
    if fresh:
        raise CheckFailed


def _found_now(release: Release) -> list[dict[str, str]]:
    found = [finding._asdict() for finding in have_checked(release).findings]
    return [finding for finding in found if finding not in release.findings]


def refuse(release: Release, *, by: User, now: datetime) -> Release:
    """Put a draft aside for good. Raises StepForbidden and StepNotPossible."""
    take_step(release, "refuse", by=by, now=now)
    return release


@transaction.atomic
def withdraw(
    release: Release, *, why: Withdrawal, words: str, by: User, now: datetime
) -> Release:
    """Take published figures back: a tombstone says when and why, and no number shows.

    One analyst is enough, because it cannot wait. Nothing comes in their place before
    its own time (statistics 4.5). Raises StepForbidden and StepNotPossible.
    """
    take_step(release, "withdraw", by=by, now=now, year=release.year, why=str(why))
    release.withdrawn_by, release.withdrawn_at = by, now
    release.withdrawn_why, release.withdrawn_words = why, words
    release.save(
        update_fields=[
            "withdrawn_by",
            "withdrawn_at",
            "withdrawn_why",
            "withdrawn_words",
        ]
    )
    ask_signature(release)
    return release
