"""The release plans: versioned files, each adopted before the year that it is for.

A plan that breaks a rule is refused with the reason.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from weerbaar.network.dimensions import Dimension, read_dimension, words
from weerbaar.network.plan import Admission, Floor, Gate, Plan, broken_rules
from weerbaar.network.tables import INCIDENT, Table
from weerbaar.web.refusals import NotPossibleNow

PLANS = Path(__file__).parent / "plans"


class PlanRefused(ValueError):
    """A plan that breaks a rule; the reason is for whoever wrote it."""


def read_plan(text: str) -> Plan:
    """A plan from its file. Raises PlanRefused with every rule that is broken."""
    try:
        content = tomllib.loads(text)
        plan = _plan(content, text)
        reasons = list(broken_rules(plan))
    except tomllib.TOMLDecodeError as error:
        raise PlanRefused(f"The file is not TOML: {error}") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise PlanRefused(f"An entry is missing or wrong: {error}") from error
    if reasons:
        raise PlanRefused(" ".join(reasons))
    return plan


def _plan(content: Mapping[str, Any], text: str) -> Plan:
    dimensions = tuple(read_dimension(entry) for entry in content["dimension"])
    known = {dimension.code: dimension for dimension in dimensions}
    gate = content["gate"]
    return Plan(
        version=content["version"],
        from_year=content["from_year"],
        adopted_on=content["adopted_on"],
        base=content["base"],
        bound=content["bound"],
        share_from=content["share_from"],
        floor=Floor(**content["floor"]),
        gate=Gate(
            gate["from"], gate["persons"], gate["organisations"], gate["largest"]
        ),
        admission=Admission(**content["admission"]) if "admission" in content else None,
        dimensions=dimensions,
        tables=tuple(_table(entry, known) for entry in content["table"]),
        text=text,
    )


def _table(entry: Mapping[str, Any], known: Mapping[str, Dimension]) -> Table:
    columns = entry.get("columns")
    return Table(
        entry["code"],
        words(entry["title"]),
        words(entry["definition"]),
        known[entry["rows"]],
        known[columns] if columns else None,
        entry.get("kind", INCIDENT),
        tuple(entry.get("only", ())),
        entry.get("share_of", ""),
    )


@cache
def adopted_plans() -> tuple[Plan, ...]:
    """Every plan that was ever adopted, the oldest first. Raises PlanRefused."""
    files = sorted(PLANS.glob("*.toml"))
    return in_order([read_plan(file.read_text(encoding="utf-8")) for file in files])


def in_order(plans: Sequence[Plan]) -> tuple[Plan, ...]:
    """Plans by the year they begin. Raises PlanRefused for one that is not admitted.

    Only the first may be without admission: after it there are figures to go by. No two
    are for one year, or of one version.
    """
    first, *later = sorted(plans, key=lambda plan: plan.from_year)
    for said in ("from_year", "version"):
        if len({getattr(plan, said) for plan in plans}) != len(plans):
            raise PlanRefused(f"Two plans have the same {said}.")
    for plan in later:
        if plan.admission is None:
            raise PlanRefused(
                f"Plan {plan.version} does not say by which figures its tables were "
                "admitted."
            )
    return (first, *later)


class PlanGone(NotPossibleNow):
    """A release names a plan whose file is no longer as it was, or not there."""

    title = _("These figures cannot be read")
    detail = _(
        "The release plan they were made by is not at hand. Tell the administrator: "
        "the file of an adopted plan is never changed."
    )


def plan_named(digest: str) -> Plan:
    """The plan that a release names: by its file, and not by its year.

    Raises PlanGone.
    """
    named = next((plan for plan in adopted_plans() if plan.digest == digest), None)
    if named is None:
        raise PlanGone
    return named


def plan_of(year: int) -> Plan:
    """The plan of a year: the newest that was adopted before it. Raises PlanRefused."""
    found = [plan for plan in adopted_plans() if plan.from_year <= year]
    if not found:
        raise PlanRefused(str(_("There is no plan for this year.")))
    return found[-1]
