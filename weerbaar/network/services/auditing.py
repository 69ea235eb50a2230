"""Having a release checked: what the checker is given."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from weerbaar.contributions.services import Record
from weerbaar.network.checker import Checked, Depth, Earlier, Known, examine
from weerbaar.network.ledger import open_ledger
from weerbaar.network.models import Release
from weerbaar.network.planning import plan_of
from weerbaar.network.services.knowing import told_facts
from weerbaar.network.services.registering import posts_of
from weerbaar.vault.core import Secret


def have_audited(
    release: Release, records: Sequence[Record], secret: Secret, depth: Depth
) -> Checked:
    """The audit of a new draft, beside the truth and what was published before.

    Only the worker can do this: it needs the year's Secret. Raises vault errors.
    """
    known = Known(
        truth=[asdict(record) for record in records],
        earlier=_published(release.year, secret),
        register=_register(release.year),
        facts=told_facts(release.year, release.quarters),
        depth=depth,
    )
    return examine(release.snapshot, plan_of(release.year).text, known)


def have_checked(release: Release) -> Checked:
    """What anybody can check of a release, quickly: for a page that waits for it."""
    known = Known(
        register=_register(release.year),
        facts=told_facts(release.year, release.quarters),
        depth=Depth.QUICK,
    )
    return examine(release.snapshot, plan_of(release.year).text, known)


def _register(year: int) -> list[dict[str, Any]]:
    return [post._asdict() for post in posts_of(year)]


def _published(year: int, secret: Secret) -> list[Earlier]:
    """The releases of a year that others can lay beside a new one.

    Those of before the ledger were made in another way, and bind nobody.
    """
    before = Release.objects.once_published().filter(year=year, ledger__isnull=False)
    return [
        Earlier(
            one.snapshot,
            {
                (cell.kind, cell.at): count.incidents
                for cell, count in open_ledger(
                    one.pk, bytes(one.ledger or b""), secret
                ).counts.items()
            },
        )
        for one in before.order_by("published_at")
    ]
