"""What assistive technology reads of a drawing, and figures made for a test."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from weerbaar.network.models import Release, digest_of
from weerbaar.network.planning import plan_of
from weerbaar.network.protection import Protected
from weerbaar.network.snapshots import snapshot_of
from weerbaar.network.tables import so_far
from weerbaar.network.workflow import State

SVG = "{http://www.w3.org/2000/svg}"


def marks(drawn: str) -> list[str]:
    """The name of each mark of a drawing; every one can be focused."""
    root = ElementTree.fromstring(drawn)  # noqa: S314
    found = [g for g in root.iter(f"{SVG}g") if g.get("role") == "img"]
    assert all(g.get("tabindex") == "0" for g in found)
    return [g.findtext(f"{SVG}title") or "" for g in found]


class Alike(Protected):
    """Protected numbers that are all the same, whatever the cell."""

    def __init__(self, each: int, bound: int) -> None:
        super().__init__({}, frozenset(), bound)
        self.each = each

    @property
    def published(self) -> Any:
        return defaultdict(lambda: self.each)


def release_of(
    year: int, quarters: int, *, each: int, total: int, **other: Any
) -> Release:
    """Published figures in which every cell is `each`; not kept in the database."""
    plan = plan_of(year)
    snapshot = snapshot_of(
        Alike(each, plan.bound),
        plan,
        so_far(plan.tables, quarters),
        year=year,
        quarters=quarters,
    )
    snapshot["totals"] = {"incident": total, "prevention": each}
    for table in snapshot["tables"]:
        table["total"] = total
    facts = {
        "year": year,
        "quarters": quarters,
        "plan": plan.version,
        "made_at": datetime(year + 1, 2, 1, tzinfo=UTC),
        "snapshot": snapshot,
        "digest": digest_of(snapshot),
        "state": State.PUBLISHED,
        "published_at": datetime(year + 1, 2, 2, tzinfo=UTC),
        "vintage": 1,
    }
    return Release(**(facts | other))


WAY = (
    State.COUNTED,
    State.ROUNDED,
    State.AUDITED,
    State.APPROVED,
    State.PUBLISHED,
)


def keep(release: Release) -> Release:
    """Keep it in the database, by the way that its guard allows."""
    state = release.state
    beyond = (*WAY, state) if state not in WAY else WAY[: WAY.index(state) + 1]
    kept = Release(**release_facts(release) | {"state": State.DRAFT})
    kept.save()
    for one in beyond:
        Release.objects.filter(pk=kept.pk).update(state=one)
    return Release.objects.get(pk=kept.pk)


def release_facts(release: Release) -> dict[str, Any]:
    return {
        field.attname: getattr(release, field.attname)
        for field in release._meta.concrete_fields
    }
