"""Whether the talks of aftercare were held in time, in the codes of the figures."""

from collections.abc import Mapping
from uuid import UUID

from aftercare.models import CheckIn, Moment
from aftercare.workflow import CheckInState
from cases.header import Header
from cases.services.timing import NOT_DONE, Opened

ON_TIME, LATE, DECLINED = "on_time", "late", "declined"
# The moments that the protocol names; what an organisation adds is not compared.
FIELDS = {Moment.WEEKS_2: "check_two_weeks", Moment.WEEKS_6_8: "check_six_weeks"}
# How aftercare ended tells of the talks that were never planned.
WITHOUT = {"declined": DECLINED, "not_reached": NOT_DONE}


def tell_timing(opened: Opened) -> dict[UUID, Mapping[str, str]]:
    """Of each case, whether both talks were held by the day that was agreed."""
    cases = [case.pk for case, _header in opened]
    planned = CheckIn.objects.filter(case__in=cases, kind__in=FIELDS)
    newest = {
        (check_in.case_id, check_in.kind): check_in
        for check_in in planned.select_related("plan").order_by("due_on")
    }
    return {
        case.pk: {
            field: _code(newest.get((case.pk, moment)), header)
            for moment, field in FIELDS.items()
        }
        for case, header in opened
    }


def _code(check_in: CheckIn | None, header: Header) -> str:
    if check_in is None:
        return WITHOUT.get(header.aftercare, "")
    if check_in.state == CheckInState.MISSED:
        return NOT_DONE
    if check_in.state == CheckInState.CANCELLED and check_in.plan.stopped_by_reporter:
        return DECLINED
    if check_in.state not in {CheckInState.ANSWERED, CheckInState.HELD}:
        # Still to come, or let go before its day.
        return ""
    day = check_in.settled_on
    return ON_TIME if day and day <= check_in.due_on else LATE
