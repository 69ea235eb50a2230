"""One order for everybody: the case is locked before what hangs on it.

Then two people who act in one case at the same moment come one after the other, and
never wait for each other.
"""

from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.workflow import State
from weerbaar.web.refusals import NotPossibleNow


class CaseClosed(NotPossibleNow):
    """Nothing new is begun in a closed case."""

    title = _("This case is closed")
    detail = _("Reopen the case first.")


def lock(case: Case) -> Case:
    """The case as it stands now, locked until the transaction ends."""
    return Case.objects.select_for_update().get(pk=case.pk)


def lock_open(case: Case) -> Case:
    """The same, for what belongs to an open case only. Raises CaseClosed."""
    fresh = lock(case)
    if fresh.state == State.CLOSED:
        raise CaseClosed
    return fresh
