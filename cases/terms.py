"""How long a case is kept: pure rules, in whole months counted from its closing.

The terms are our own starting point; an organisation sets those of its selection list.
"""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

# Kind of case → months that it is kept after it was closed.
DEFAULT_MONTHS = {"incident": 60, "prevention": 12}
SHORTEST, LONGEST = 3, 240
# Who handles the case is told so many days before the end.
FIRST_NOTICE, SECOND_NOTICE = timedelta(days=30), timedelta(days=7)
# Nobody of the organisation can open it any more: then nobody can approve either.
UNATTENDED = timedelta(days=30)


def end_of_term(closed_on: date, months: int) -> date:
    """The day from which the case may be destroyed; the 31st becomes the last day."""
    return closed_on + relativedelta(months=months)


def not_before_notice(wanted: date, today: date) -> date:
    """No case ends within thirty days of the first word about it, whatever the term."""
    return max(wanted, today + FIRST_NOTICE)
