"""What others offer or ask the reporter: aftercare, check-ins and referrals."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from aftercare import services as aftercare
from aftercare.models import CheckIn
from aftercare.workflow import PlanState
from intake.services.entering import Access
from referrals import services as referrals
from referrals.models import Referral
from referrals.workflow import State
from weerbaar.web.refusals import NotPossibleNow, Refusal


class NotYours(Refusal):
    """There is no such thing in this mailbox."""

    status = 404
    title = _("This page does not exist")
    detail = _("It may have been changed or taken back. Go back to your report.")


def check_ins(access: Access) -> list[aftercare.ReporterCheckIn]:
    """The check-ins of her case, soonest first."""
    return aftercare.open_for_reporter(access.case, access.keyring)


def offered_plan(access: Access) -> aftercare.ReporterPlan | None:
    """The aftercare that waits for her yes or no."""
    plan = aftercare.plan_for_reporter(access.case)
    return plan if plan and plan.is_offered else None


def answer_check_in(
    access: Access,
    pk: UUID,
    *,
    mood: str,
    needs: str,
    text: str,
    stop: bool,
    now: datetime,
) -> None:
    """She says how she is doing (R-16). Raises NotYours, StepNotPossible,
    UnknownAnswer.
    """
    found = CheckIn.objects.filter(case=access.case, pk=pk)
    check_in = found.select_related("case", "plan").first()
    if check_in is None:
        raise NotYours
    aftercare.answer(
        check_in,
        mood=mood,
        needs=needs,
        text=text,
        stop=stop,
        by=access.by,
        keyring=access.keyring,
        now=now,
    )


def was_answered(access: Access, pk: UUID, *, mood: str, needs: str, text: str) -> bool:
    """Whether this check-in holds exactly this answer already."""
    given = next((c.answer for c in check_ins(access) if c.pk == pk), None)
    said = (given.mood, given.needs, given.text) if given else None
    return said == (mood, needs, text.strip())


def was_responded(access: Access, *, accept: bool) -> bool:
    """Whether she already said this to the last offer of aftercare."""
    plan = aftercare.current_plan(access.case)
    wanted = PlanState.ACTIVE if accept else PlanState.DECLINED
    return plan is not None and plan.state == wanted


def respond_to_offer(access: Access, *, accept: bool, now: datetime) -> None:
    """She accepts or declines aftercare. Raises NotPossibleNow without an offer."""
    plan = aftercare.current_plan(access.case)
    if plan is None:
        raise NotPossibleNow
    aftercare.respond_to_offer(
        plan, accept=accept, by=access.by, now=now, keyring=access.keyring
    )


def referrals_of(access: Access) -> list[referrals.ReporterView]:
    """Every referral of her case with the exact text (promise 3)."""
    return referrals.open_for_reporter(access.case, access.keyring)


def one_referral(access: Access, pk: UUID) -> referrals.ReporterView:
    """One referral of her case. Raises NotYours."""
    found = [r for r in referrals_of(access) if r.pk == pk]
    if not found:
        raise NotYours
    return found[0]


def _referral(access: Access, pk: UUID) -> Referral:
    found = Referral.objects.filter(case=access.case, pk=pk)
    referral = found.select_related("case", "partner").first()
    if referral is None:
        raise NotYours
    return referral


def was_consented(access: Access, pk: UUID, *, version: int) -> bool:
    """Whether she already agreed to this very text."""
    referral = _referral(access, pk)
    return referral.state == State.CONSENTED and referral.version == version


def was_taken_back(access: Access, pk: UUID) -> bool:
    """Whether this referral was withdrawn already."""
    return _referral(access, pk).state == State.WITHDRAWN


def consent(access: Access, pk: UUID, *, version: int, now: datetime) -> None:
    """She agrees to exactly the text she read. Raises NotYours, TextChanged."""
    referrals.consent(
        _referral(access, pk),
        by=access.by,
        keyring=access.keyring,
        now=now,
        how="mailbox",
        version=version,
    )


def refuse(access: Access, pk: UUID, *, now: datetime) -> None:
    """She does not agree; nothing is sent. Raises NotYours, StepNotPossible."""
    referrals.refuse(_referral(access, pk), by=access.by, now=now, how="mailbox")


def take_back(access: Access, pk: UUID, *, now: datetime) -> None:
    """She takes her consent back. Raises NotYours, StepNotPossible."""
    referrals.take_back(_referral(access, pk), by=access.by, now=now)
