"""What Django looks at before a command runs: may every adopted plan be kept to?"""

from typing import Any

from django.core.checks import CheckMessage, Error

from weerbaar.network.planning import PlanRefused, adopted_plans


def check_plans(**_asked: Any) -> list[CheckMessage]:
    """The rule that a plan breaks, before anything is counted by it."""
    try:
        adopted_plans()
    except PlanRefused as reason:
        hint = "Mend the plan file before its year begins, or take it out."
        return [Error(str(reason), hint=hint, id="network.E001")]
    return []
