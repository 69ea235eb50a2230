"""Committing money to activities, and what came of them (Financiën)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.network.agenda.budget import lock_budget
from weerbaar.network.agenda.models import Activity, PriorityTheme
from weerbaar.network.agenda.permissions import may_decide
from weerbaar.network.agenda.theme_services import YearOver
from weerbaar.network.agenda.workflow import ThemeState
from weerbaar.network.periods import open_years
from weerbaar.steps import take_step
from weerbaar.web.money import in_euros
from weerbaar.web.refusals import InvalidInput, NotAllowed, NotPossibleNow


class ThemeNotNamed(NotPossibleNow):
    """Money goes to what the network named only."""

    title = _("This theme is not named")
    detail = _("Money is committed to themes that the network named for the year.")


class OverBudget(NotPossibleNow):
    """More than is left of the year's budget."""

    title = _("That is more than the budget has left")

    def __init__(self, year: int, left: int) -> None:
        said = gettext("Of the budget of %(year)s %(left)s is left. Fill in less.")
        super().__init__(said % {"year": year, "left": in_euros(left)})


@transaction.atomic
def commit_money(
    theme: PriorityTheme,
    *,
    title: str,
    aim: str,
    euros: int,
    by: User,
    now: datetime,
) -> Activity:
    """Commit whole euros of the theme's year to an activity.

    Raises NotAllowed, InvalidInput below one euro, ThemeNotNamed, YearOver, and
    OverBudget with what is left. Two who commit at the same moment wait for each other.
    """
    if not may_decide(theme, by):
        raise NotAllowed
    if theme.year not in open_years(timezone.localdate(now)):
        raise YearOver(
            _("The year is over: of its money nothing is committed any more.")
        )
    if euros < 1:
        raise InvalidInput
    budget = lock_budget(theme.year)
    held = PriorityTheme.objects.select_for_update().get(pk=theme.pk)
    if held.state != ThemeState.NAMED:
        raise ThemeNotNamed
    if euros > budget.left:
        raise OverBudget(theme.year, budget.left)
    activity = Activity.objects.create(
        theme=held,
        title=title,
        aim=aim,
        euros=euros,
        committed_by=by,
        committed_at=now,
    )
    kind, year = Kind.MONEY_COMMITTED, theme.year
    record(kind, activity, by=by, now=now, year=year, euros=euros)
    return activity


@transaction.atomic
def keep_result(
    activity: Activity, *, result: str, by: User, now: datetime
) -> Activity:
    """Write what came of an activity, or write it better; it is then done.

    Raises NotAllowed, and StepNotPossible for one that was cancelled.
    """
    if not may_decide(activity, by):
        raise NotAllowed
    Activity.objects.select_for_update().get(pk=activity.pk)
    activity.result = result
    activity.save(update_fields=["result"])
    take_step(activity, "finish", by=by, now=now)
    return _ended(activity, now)


@transaction.atomic
def cancel_activity(activity: Activity, *, by: User, now: datetime) -> Activity:
    """Give the money back to the year. Raises StepForbidden and StepNotPossible."""
    take_step(activity, "cancel", by=by, now=now)
    return _ended(activity, now)


def _ended(activity: Activity, now: datetime) -> Activity:
    activity.ended_at = now
    activity.save(update_fields=["ended_at"])
    return activity
