"""Check-ins: answers, worries, stopping, and the handler's own record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aftercare import services
from aftercare.models import CheckIn
from cases import services as cases
from cases.models import Commitment
from weerbaar.audit.models import Event
from weerbaar.steps import StepForbidden, StepNotPossible
from weerbaar.vault.core import NoAccess
from weerbaar.web.refusals import NotAllowed

WORDS = "Ik slaap slecht sinds de avond bij de zeppelinhal."


def calls(care) -> list[Commitment]:
    found = Commitment.objects.filter(case=care.case, kind="worrying_answer")
    return list(found)


@pytest.mark.parametrize(
    ("mood", "needs", "worrying"),
    [
        ("good", "nothing", False),
        ("so_so", "practical", False),
        ("not_well", "nothing", True),
        ("good", "talk", True),
        ("so_so", "professional", True),
    ],
)
def test_worrying_answer_promises_a_call_the_next_day(
    care, mood, needs, worrying
) -> None:
    care.answered(mood, needs)

    today = timezone.localdate(care.now)
    expected = [today + timedelta(days=1)] if worrying else []
    assert [c.due_on for c in calls(care)] == expected
    event = Event.objects.get(kind="check_in.answer")
    assert event.facts["worrying"] is worrying


def test_answer_keeps_its_own_promise_only(care) -> None:
    check_in = care.answered()

    promised = Commitment.objects.filter(case=care.case, kind="check_in")
    assert promised.get(origin=check_in.pk).state == "kept"
    assert promised.exclude(origin=check_in.pk).open().count() == 2


def test_handler_reads_the_answer_and_the_table_does_not(care) -> None:
    check_in = services.answer(
        care.planned(), mood="so_so", needs="talk", text=WORDS, **care.reporting
    )

    opened = services.open_for_handler(care.case, care.keyring)
    assert opened[0].answer is not None
    assert opened[0].answer.text == WORDS
    assert opened[0].answer.is_worrying
    row = CheckIn.objects.filter(pk=check_in.pk).values().get()
    assert not any("zeppelin" in str(value) for value in row.values())
    assert b"zeppelin" not in bytes(row["answer_body"])


def test_reporter_answers_the_next_one_and_sees_what_she_said(care) -> None:
    care.answered("so_so", "nothing")

    seen = services.open_for_reporter(care.case, care.reporter_keyring)

    assert [(c.state, c.can_answer) for c in seen] == [
        ("answered", False),
        ("planned", True),
        ("planned", False),
    ]
    assert seen[0].answer is not None
    assert seen[0].answer.mood == "so_so"


def test_stopping_cancels_what_is_left_but_not_the_worry(care) -> None:
    services.answer(
        care.planned(), mood="not_well", needs="nothing", stop=True, **care.reporting
    )

    states = [c.state for c in CheckIn.objects.order_by("due_on")]
    assert states == ["answered", "cancelled", "cancelled"]
    assert len(calls(care)) == 1
    open_ones = Commitment.objects.open().filter(case=care.case, kind="check_in")
    assert not open_ones.exists()
    plan = services.current_plan(care.case)
    assert plan is not None
    assert plan.stopped_by_reporter


def test_answer_outside_the_choices_is_refused(care) -> None:
    with pytest.raises(services.UnknownAnswer):
        services.answer(care.planned(), mood="7", needs="nothing", **care.reporting)

    assert CheckIn.objects.planned().count() == 3


def test_note_of_the_talk_stays_among_handlers(care) -> None:
    check_in = care.held()

    opened = services.open_check_in(check_in, care.keyring)
    assert opened.note == "Gebeld."
    with pytest.raises(NoAccess):
        care.reporter_keyring.open(care.case.case_key_id)
    promised = Commitment.objects.get(origin=check_in.pk)
    assert promised.state == "kept"


def test_another_day_for_a_talk_is_another_day_at_both_ends(care) -> None:
    check_in = care.planned()
    day = check_in.due_on + timedelta(days=4)

    services.move(check_in, due_on=day, by=care.handler, now=care.now)

    promised = Commitment.objects.get(origin=check_in.pk)
    seen = services.open_for_reporter(care.case, care.reporter_keyring)
    assert promised.due_on == day
    assert day in {c.due_on for c in seen}
    yesterday = timezone.localdate(care.now) - timedelta(days=1)
    with pytest.raises(cases.DayPassed):
        services.move(check_in, due_on=yesterday, by=care.handler, now=care.now)


def test_only_a_planned_talk_moves_and_only_by_its_handler(care, chris) -> None:
    held = care.held()
    planned = CheckIn.objects.planned().select_related("case", "plan").first()
    day = timezone.localdate(care.now) + timedelta(days=30)

    with pytest.raises(StepNotPossible):
        services.move(held, due_on=day, by=care.handler, now=care.now)
    with pytest.raises(NotAllowed):
        services.move(planned, due_on=day, by=chris, now=care.now)


@pytest.mark.parametrize("verb", ["keep", "cancel", "move", "miss"])
def test_promise_of_a_talk_is_settled_with_the_talk(care, verb) -> None:
    promised = Commitment.objects.get(origin=care.planned().pk)
    doing = {"by": care.handler, "now": care.now}
    doing |= {"due_on": promised.due_on} if verb == "move" else {}
    doing |= {"reason": "x", "keyring": care.keyring} if verb == "miss" else {}

    with pytest.raises(cases.SettledElsewhere):
        getattr(cases, verb)(promised, **doing)

    promised.refresh_from_db()
    assert promised.state == "open"


def test_missed_talk_has_a_reason_at_both_ends(care) -> None:
    with pytest.raises(services.ReasonMissing):
        services.miss(care.planned(), reason="  ", **care.handling)
    check_in = CheckIn.objects.select_related("case", "plan").first()
    services.miss(check_in, reason="Geen gehoor.", **care.handling)

    assert services.open_check_in(check_in, care.keyring).note == "Geen gehoor."
    assert Commitment.objects.get(origin=check_in.pk).state == "missed"


def test_withdrawn_report_takes_its_check_ins_along(care) -> None:
    care.active()

    assert services.let_go(care.case, by=care.reporter, now=care.now) == 3
    assert not CheckIn.objects.planned().exists()


def test_handler_does_not_answer_for_the_reporter(care) -> None:
    check_in = care.planned()

    with pytest.raises(StepForbidden):
        services.answer(check_in, mood="good", needs="nothing", **care.handling)


def test_recused_daan_sees_nothing(open_report, bram, daan, now, keyring_of) -> None:
    case, _code = open_report(recused=[str(daan.pk)])
    plan = services.offer(case, by=bram, now=now)
    services.respond_to_offer(
        plan, accept=True, by=bram, now=now, keyring=keyring_of(bram)
    )

    assert CheckIn.objects.visible_to(bram).count() == 3
    assert not CheckIn.objects.visible_to(daan).exists()
    assert not type(plan).objects.visible_to(daan).exists()
    with pytest.raises(NoAccess):
        keyring_of(daan).open(case.case_key_id)
