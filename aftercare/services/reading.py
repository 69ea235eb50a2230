"""Reading aftercare: the plan and its check-ins, for reporter and handler."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aftercare.models import CheckIn, Plan
from aftercare.services.words import Mood, Need, is_worrying
from aftercare.workflow import CheckInState, PlanState
from cases.clocks import talk_on
from cases.models import Case
from weerbaar.vault.envelope import open_json
from weerbaar.vault.keyring import Keyring


@dataclass(frozen=True)
class Answer:
    """What the reporter answered."""

    mood: str
    needs: str
    text: str

    @property
    def mood_label(self) -> str:
        return str(Mood(self.mood).label)

    @property
    def needs_label(self) -> str:
        return str(Need(self.needs).label)

    @property
    def is_worrying(self) -> bool:
        return is_worrying(self.mood, self.needs)


@dataclass(frozen=True)
class OpenedCheckIn:
    """A check-in as handlers see it."""

    check_in: CheckIn
    answer: Answer | None
    note: str

    def is_overdue(self, today: date) -> bool:
        planned = self.check_in.state == CheckInState.PLANNED
        return planned and self.check_in.due_on < today


@dataclass(frozen=True)
class ReporterCheckIn:
    """A check-in as the reporter sees it in the mailbox."""

    pk: UUID
    kind_label: str
    due_on: date
    state: str
    state_label: str
    can_answer: bool
    answer: Answer | None


@dataclass(frozen=True)
class ReporterPlan:
    """The plan as the reporter sees it: what is offered, and on which days."""

    pk: UUID
    state: str
    state_label: str
    offered_on: date
    days: list[date]

    @property
    def is_offered(self) -> bool:
        return self.state == PlanState.OFFERED


def current_plan(case: Case) -> Plan | None:
    """The plan that is offered or running, else the last one."""
    found = Plan.objects.filter(case=case).select_related("case", "offered_by")
    return found.current().first() or found.last()


def plan_for_reporter(case: Case) -> ReporterPlan | None:
    """What the reporter can say yes or no to; holds no words."""
    plan = current_plan(case)
    if plan is None:
        return None
    start = plan.started_on or plan.offered_on
    return ReporterPlan(
        pk=plan.pk,
        state=str(plan.state),
        state_label=str(PlanState(plan.state).label),
        offered_on=plan.offered_on,
        days=[talk_on(start, days) for days in plan.days],
    )


def open_for_reporter(case: Case, keyring: Keyring) -> list[ReporterCheckIn]:
    """Her check-ins with her own answers; the next planned one can be answered now."""
    found = list(_check_ins(case))
    planned = [c for c in found if c.state == CheckInState.PLANNED]
    return [
        ReporterCheckIn(
            pk=c.pk,
            kind_label=c.kind_label,
            due_on=c.due_on,
            state=str(c.state),
            state_label=str(CheckInState(c.state).label),
            can_answer=bool(planned) and c is planned[0],
            answer=_answer(c, keyring),
        )
        for c in found
    ]


def open_for_handler(case: Case, keyring: Keyring) -> list[OpenedCheckIn]:
    """The check-ins of a case with answers and notes. Raises vault errors."""
    keyring.preload([case.case_key_id, case.dialogue_key_id])
    return [open_check_in(c, keyring) for c in _check_ins(case)]


def open_check_in(check_in: CheckIn, keyring: Keyring) -> OpenedCheckIn:
    """One check-in with its answer and note. Raises vault errors."""
    return OpenedCheckIn(check_in, _answer(check_in, keyring), _note(check_in, keyring))


def _check_ins(case: Case) -> list[CheckIn]:
    plan = current_plan(case)
    if plan is None:
        return []
    return list(plan.check_ins.select_related("case", "settled_by"))


def _answer(check_in: CheckIn, keyring: Keyring) -> Answer | None:
    if not check_in.answer_body:
        return None
    secret = keyring.open(check_in.case.dialogue_key_id)
    blob = bytes(check_in.answer_body)
    return Answer(**open_json(secret, blob, place=check_in.answer_place))


def _note(check_in: CheckIn, keyring: Keyring) -> str:
    if not check_in.note:
        return ""
    secret = keyring.open(check_in.case.case_key_id)
    content = open_json(secret, bytes(check_in.note), place=check_in.note_place)
    return str(content["text"])
