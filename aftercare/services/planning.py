"""The plan: offered, accepted or declined, its check-ins, and how it ended."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aftercare.models import CheckIn, Plan, moment_of
from aftercare.services.checking import cancel
from aftercare.workflow import PlanState
from cases.clocks import due_on, talk_on
from cases.models import Awaits, Case, CommitmentKind
from cases.permissions import may_handle
from cases.services import arrange_aftercare, lock_open, promise, settle_origin
from weerbaar import codes
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.steps import take_step
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import InvalidInput, NotAllowed, NotPossibleNow


class PlanExists(NotPossibleNow):
    """There is a plan that is offered or running."""

    title = _("Aftercare was already offered")
    detail = _("Look at the page again. There is one plan at a time.")


class OutcomeMissing(InvalidInput):
    """How the aftercare ended has to be known."""

    title = _("How the aftercare ended is missing")
    detail = _("Choose how the aftercare ended.")


@transaction.atomic
def offer(case: Case, *, by: User, now: datetime) -> Plan:
    """Offer aftercare; the reporter says yes or no in the mailbox, or by telephone.

    Raises NotAllowed, CaseClosed, PlanExists.
    """
    if not may_handle(case, by):
        raise NotAllowed
    lock_open(case)
    if Plan.objects.current().filter(case=case).exists():
        raise PlanExists
    plan = Plan.objects.create(
        case=case,
        days=sorted({int(d) for d in case.organisation.aftercare_days}),
        offered_by=by,
        offered_on=timezone.localdate(now),
    )
    record(
        Kind.PLAN_OFFERED, plan, by=by, now=now, organisation_id=case.organisation_id
    )
    arrange_aftercare(case)
    promise(
        case,
        CommitmentKind.OFFER,
        due_on=due_on(CommitmentKind.OFFER, plan.offered_on),
        awaits=Awaits.REPORTER,
        by=by,
        now=now,
        origin=plan.pk,
    )
    return plan


@transaction.atomic
def respond_to_offer(
    plan: Plan, *, accept: bool, by: Any, now: datetime, keyring: Keyring
) -> Plan:
    """The reporter wants it or not; a handler records what she said on the telephone.

    Yes makes the check-ins, each a promise of the case. Raises CaseClosed,
    StepForbidden, StepNotPossible.
    """
    if not accept:
        return _decline(plan, "declined", by=by, keyring=keyring, now=now)
    lock_open(plan.case)
    take_step(plan, "accept", by=by, now=now)
    settle_origin(plan.case, plan.pk, by=by, now=now)
    plan.started_on = timezone.localdate(now)
    plan.save(update_fields=["started_on"])
    _plan_check_ins(plan, by=by, now=now)
    arrange_aftercare(plan.case)
    return plan


def _plan_check_ins(plan: Plan, *, by: Any, now: datetime) -> None:
    start = plan.started_on or timezone.localdate(now)
    for days in plan.days:
        check_in = CheckIn.objects.create(
            plan=plan,
            case=plan.case,
            kind=moment_of(days),
            days=days,
            due_on=talk_on(start, days),
        )
        record(
            Kind.CHECK_IN_PLANNED,
            check_in,
            by=by,
            now=now,
            organisation_id=plan.organisation_id,
            due=check_in.due_on,
        )
        promise(
            plan.case,
            CommitmentKind.CHECK_IN,
            due_on=check_in.due_on,
            by=by,
            now=now,
            origin=check_in.pk,
        )


def _decline(
    plan: Plan, outcome: str, *, by: Any, keyring: Keyring, now: datetime
) -> Plan:
    take_step(plan, "decline", by=by, now=now)
    settle_origin(plan.case, plan.pk, by=by, now=now)
    _end(plan, timezone.localdate(now))
    _tell_case(plan, outcome, by=by, keyring=keyring)
    return plan


def _tell_case(plan: Plan, outcome: str, *, by: Any, keyring: Keyring) -> None:
    # The header is out of a reporter's reach: her refusal is told by the plan's state,
    # and the handler takes it over at the evaluation.
    if isinstance(by, User):
        arrange_aftercare(plan.case, outcome=outcome, keyring=keyring)
    else:
        arrange_aftercare(plan.case)


def _end(plan: Plan, day: date) -> None:
    plan.ended_on = day
    plan.save(update_fields=["ended_on"])


@transaction.atomic
def conclude(
    plan: Plan, *, outcome: str, by: User, keyring: Keyring, now: datetime
) -> Plan:
    """How the aftercare ended: given, declined or not reached.

    A plan that was only offered can end as declined or not reached. Raises
    OutcomeMissing, StepForbidden, StepNotPossible while a check-in is planned.
    """
    if outcome not in {c.code for c in codes.entries("aftercare_outcomes")}:
        raise OutcomeMissing
    if plan.state == PlanState.OFFERED and outcome != "given":
        return _decline(plan, outcome, by=by, keyring=keyring, now=now)
    take_step(plan, "complete", by=by, now=now)
    _end(plan, timezone.localdate(now))
    _tell_case(plan, outcome, by=by, keyring=keyring)
    return plan


@transaction.atomic
def let_go(case: Case, *, by: Any, now: datetime) -> int:
    """The reporter takes the report back: nothing is offered or planned (R-10)."""
    for plan in Plan.objects.filter(case=case, state=PlanState.OFFERED):
        take_step(plan, "decline", by=by, now=now)
        _end(plan, timezone.localdate(now))
    planned = CheckIn.objects.planned().filter(case=case).select_related("case")
    found = list(planned)
    for check_in in found:
        cancel(check_in, by=by, now=now)
    return len(found)
