"""From draft to published: one analyst has it checked, another one publishes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from weerbaar.accounts.models import User
from weerbaar.contributions.services import make_final
from weerbaar.network.models import Release
from weerbaar.network.services.auditing import have_checked
from weerbaar.network.workflow import State
from weerbaar.steps import take_step


@transaction.atomic
def audit(release: Release, *, by: User, now: datetime) -> Release:
    """Check the draft once more and stand for it with one's name.

    What the checker finds is kept beside what it found at the count, where it had the
    records; then nothing moves. Raises StepForbidden, and
    StepNotPossible when the checker found something or the draft is not as it was made.
    """
    Release.objects.select_for_update().get(pk=release.pk)
    found = [finding._asdict() for finding in have_checked(release).findings]
    release.findings += [
        finding for finding in found if finding not in release.findings
    ]
    release.save(update_fields=["findings"])
    take_step(release, "audit", by=by, now=now)
    release.audited_by, release.audited_at = by, now
    release.save(update_fields=["audited_by", "audited_at"])
    return release


@transaction.atomic
def publish(release: Release, *, by: User, now: datetime) -> Release:
    """Publish what somebody else had checked; it takes the place of older figures.

    With the definitive figures the year takes in nothing more, and its Secret goes.
    Raises StepForbidden for the one who had it checked, and StepNotPossible.
    """
    in_force = Release.objects.filter(year=release.year, state=State.PUBLISHED)
    for older in in_force.select_for_update():
        take_step(older, "supersede", by=by, now=now)
    take_step(release, "publish", by=by, now=now, year=release.year)
    release.vintage = release.next_vintage
    release.published_by, release.published_at = by, now
    release.save(update_fields=["published_by", "published_at", "vintage"])
    if not release.is_provisional:
        make_final(release.year, today=timezone.localdate(now))
    return release


def refuse(release: Release, *, by: User, now: datetime) -> Release:
    """Put a draft aside for good. Raises StepForbidden and StepNotPossible."""
    take_step(release, "refuse", by=by, now=now)
    return release
