"""Does a plan say the truth about the figures that admitted its tables?"""

from weerbaar.network.models import Release
from weerbaar.network.plan import Plan


def admission_holds(plan: Plan) -> bool:
    """Are the totals that admitted the tables those that were published for good?

    The first plan names none, and holds (statistics 8, point 4).
    """
    if plan.admission is None:
        return True
    by = Release.objects.in_force().filter(year=plan.admission.year).first()
    if by is None or by.is_provisional:
        return False
    published = by.snapshot["totals"]
    return all(published.get(k) == n for k, n in plan.admission.totals.items())
