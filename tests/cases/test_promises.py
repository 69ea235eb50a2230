"""Promises: kept, missed with a reason, moved, and reminded of once a day."""

from datetime import date, timedelta

import pytest

from cases import services
from cases.models import Awaits, Case, Commitment, CommitmentKind, CommitmentState
from cases.tasks import expire_deputies, remind
from tests.cases.asking import doing
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.web.refusals import NotAllowed


@pytest.fixture
def case(open_report) -> Case:
    made, _words = open_report()
    return made


@pytest.fixture
def promise(case) -> Commitment:
    return case.commitments.get()


def test_beginning_sets_the_clocks_of_the_protocol(case, bram, keyring_of, now) -> None:
    services.step(case, "begin_triage", **doing(bram, keyring_of, now))
    dues = {c.kind: c.due_on for c in case.commitments.open()}

    # 14 May 2026 is Ascension Day: two working days after Tuesday is Friday.
    assert dues == {
        CommitmentKind.FIRST_CONTACT: date(2026, 5, 12),
        CommitmentKind.REACTION: date(2026, 5, 15),
        CommitmentKind.RECEPTION_TALK: date(2026, 5, 15),
    }
    assert {c.owner for c in case.commitments.open()} == {bram}


@pytest.mark.parametrize(
    ("day", "reaction", "talk"),
    [
        ("2026-04-24", "2026-04-29", "2026-04-27"),  # Friday before King's Day
        ("2026-04-02", "2026-04-08", "2026-04-05"),  # Thursday before Easter
    ],
)
def test_clocks_step_over_holidays_for_us_but_not_for_care(
    day: str, reaction: str, talk: str, open_report, bram, keyring_of, now
) -> None:
    moment = now.replace(month=int(day[5:7]), day=int(day[8:]))
    case, _words = open_report(when=moment)

    services.step(case, "begin_triage", **doing(bram, keyring_of, moment))

    assert str(case.commitments.get(kind="reaction").due_on) == reaction
    assert str(case.commitments.get(kind="reception_talk").due_on) == talk


@pytest.mark.parametrize(
    ("hour", "reaction", "talk"),
    [(10, "2026-05-15", "2026-05-15"), (18, "2026-05-18", "2026-05-16")],
)
def test_clocks_count_from_the_report_however_late_it_is_opened(
    hour: int, reaction: str, talk: str, open_report, bram, keyring_of, now
) -> None:
    """72 hours are those of the reporter; who begins late is late."""
    case, _words = open_report(when=now.replace(hour=hour))

    services.step(
        case, "begin_triage", **doing(bram, keyring_of, now + timedelta(days=6))
    )

    assert str(case.commitments.get(kind="reaction").due_on) == reaction
    assert str(case.commitments.get(kind="reception_talk").due_on) == talk


def test_reopening_does_not_promise_twice(case, bram, keyring_of, now) -> None:
    who = doing(bram, keyring_of, now)
    services.step(case, "begin_triage", **who)
    services.step(case, "dismiss", words="Geen norm.", choice="no_violation", **who)
    services.step(case, "reopen", words="Toch meer.", **who)

    assert case.commitments.filter(kind=CommitmentKind.RECEPTION_TALK).count() == 1


def test_a_promise_is_kept_once(promise, bram, now) -> None:
    services.keep(promise, by=bram, now=now)

    promise.refresh_from_db()
    assert (promise.state, promise.settled_on) == (CommitmentState.KEPT, now.date())
    assert promise.settled_by == bram
    with pytest.raises(services.AlreadySettled):
        services.keep(promise, by=bram, now=now)
    assert Event.objects.filter(kind=Kind.COMMITMENT_KEPT).count() == 1


def test_a_missed_promise_keeps_its_reason_and_its_words(
    case, bram, keyring_of, now
) -> None:
    who = doing(bram, keyring_of, now)
    task = services.make_task(case, "Bel de school.", due_on=date(2026, 5, 13), **who)

    services.miss(task, reason="Niemand nam op.", **who)

    task.refresh_from_db()
    assert services.words_of(task, who["keyring"]) == "Bel de school."
    assert services.reason_of(task, who["keyring"]) == "Niemand nam op."
    assert b"school" not in bytes(task.words)


def test_missing_without_a_reason_leaves_it_open(
    promise, bram, keyring_of, now
) -> None:
    with pytest.raises(services.ReasonMissing):
        services.miss(promise, reason="\n", **doing(bram, keyring_of, now))

    promise.refresh_from_db()
    assert promise.state == CommitmentState.OPEN


def test_moving_gives_another_day_and_a_new_reminder(promise, bram, now) -> None:
    assert services.remind(now=now) == 1

    services.move(promise, due_on=date(2026, 5, 13), by=bram, now=now)

    assert services.remind(now=now) == 0
    assert services.remind(now=now + timedelta(days=1)) == 1


def test_a_reminder_comes_when_it_is_due_and_once_more_when_it_is_late(
    promise, now
) -> None:
    days = [0, 0, 0, 1, 1, 2, 3, 30]
    told = [services.remind(now=now + timedelta(days=day)) for day in days]

    assert told == [1, 0, 0, 1, 0, 0, 0, 0]
    assert Event.objects.filter(kind=Kind.COMMITMENT_DUE).count() == 2


def test_what_was_late_already_is_told_once(promise, now) -> None:
    """The clock stood still for a week: one reminder, not two."""
    days = [7, 7, 8, 9]

    told = [services.remind(now=now + timedelta(days=day)) for day in days]

    assert told == [1, 0, 0, 0]


def test_the_tasks_of_the_clock_run_twice_without_harm(promise, now) -> None:
    for _i in range(2):
        remind()
        expire_deputies()

    assert Event.objects.filter(kind=Kind.COMMITMENT_DUE).count() == 1


def test_nothing_is_promised_for_a_day_that_nobody_means(
    case, promise, bram, keyring_of, now
) -> None:
    who = doing(bram, keyring_of, now)
    for day, refusal in (
        (now.date() - timedelta(days=1), services.DayPassed),
        (date(9999, 12, 31), services.DayTooFar),
    ):
        with pytest.raises(refusal):
            services.make_task(case, "Bel.", due_on=day, **who)
        with pytest.raises(refusal):
            services.move(promise, due_on=day, by=bram, now=now)
        with pytest.raises(refusal):
            services.send_message(case, "Dag.", answer_by=day, **who)

    assert case.commitments.get() == promise
    assert not case.statements.of_kinds(["message"]).exists()


def test_overdue_begins_the_day_after(promise) -> None:
    assert not promise.is_overdue(promise.due_on)
    assert promise.is_overdue(promise.due_on + timedelta(days=1))
    promise.state = CommitmentState.KEPT
    assert not promise.is_overdue(promise.due_on + timedelta(days=1))


def test_due_and_waiting_tell_our_work_from_theirs(case, bram, promise, now) -> None:
    today = now.date()
    assert list(Case.objects.due(today)) == [case]
    assert not Case.objects.waiting().exists()

    services.keep(promise, by=bram, now=now)
    services.promise(
        case,
        CommitmentKind.REPLY,
        due_on=today,
        awaits=Awaits.REPORTER,
        by=bram,
        now=now,
    )

    assert not Case.objects.due(today).exists()
    assert list(Case.objects.waiting()) == [case]


def test_a_stranger_settles_nothing(promise, chris, daan, keyring_of, now) -> None:
    for verb in (services.keep, services.cancel):
        with pytest.raises(NotAllowed):
            verb(promise, by=chris, now=now)
    with pytest.raises(NotAllowed):
        services.move(promise, due_on=date(2026, 6, 1), by=chris, now=now)
    with pytest.raises(NotAllowed):
        services.miss(promise, reason="Zomaar.", **doing(chris, keyring_of, now))
    with pytest.raises(NotAllowed):
        services.make_task(
            promise.case, "Iets.", due_on=now.date(), **doing(chris, keyring_of, now)
        )
