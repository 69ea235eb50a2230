"""The plan: its dates with weekends and holidays, its promises, and how it ends."""

from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from aftercare import services
from aftercare.models import Plan, moment_of
from cases.models import Commitment
from cases.services import CaseClosed, header_of, promised_by, step, withdraw
from tests.aftercare.caring import Care
from weerbaar.accounts.actors import SYSTEM
from weerbaar.audit.models import Event
from weerbaar.steps import StepForbidden, StepNotPossible
from weerbaar.web.refusals import NotAllowed

ZONE = ZoneInfo("Europe/Amsterdam")


def on(care: Care, day: date) -> Care:
    care.now = datetime(day.year, day.month, day.day, 10, 30, tzinfo=ZONE)
    return care


@pytest.mark.parametrize(
    ("start", "days"),
    [
        # Tuesday 12 May 2026: Friday; 26 May; 30 June.
        (date(2026, 5, 12), [(2026, 5, 15), (2026, 5, 26), (2026, 6, 30)]),
        # Monday 11 May: Ascension Day falls on the fourteenth, Whit Monday on the 25th.
        (date(2026, 5, 11), [(2026, 5, 15), (2026, 5, 26), (2026, 6, 29)]),
        # Wednesday 23 December: Boxing Day and a weekend; 6 January; 10 February.
        (date(2026, 12, 23), [(2026, 12, 28), (2027, 1, 6), (2027, 2, 10)]),
        # Friday: three days later is a Monday.
        (date(2026, 6, 5), [(2026, 6, 8), (2026, 6, 19), (2026, 7, 24)]),
    ],
)
def test_check_ins_fall_on_days_that_people_work(care, start, days) -> None:
    plan = on(care, start).active()

    assert [c.due_on for c in plan.check_ins.all()] == [date(*d) for d in days]
    assert [c.kind for c in plan.check_ins.all()] == ["72h", "2w", "6-8w"]


def test_each_check_in_is_a_promise_of_the_case(care) -> None:
    plan = care.active()

    promised = Commitment.objects.filter(kind="check_in", case=care.case)
    assert {p.origin: p.due_on for p in promised} == {
        c.pk: c.due_on for c in plan.check_ins.all()
    }


def test_organisation_decides_the_moments(care, lindeveen) -> None:
    call_command("aftercare_moments", "lindeveen", "91", "7", "7", stdout=StringIO())
    care.case.refresh_from_db()
    assert Event.objects.get(kind="organisation.aftercare").actor_kind == "system"

    plan = care.active()

    assert [(c.days, c.kind) for c in plan.check_ins.all()] == [
        (7, "other"),
        (91, "other"),
    ]
    assert [moment_of(d) for d in (3, 14, 42, 56, 57)] == [
        "72h",
        "2w",
        "6-8w",
        "6-8w",
        "other",
    ]


@pytest.mark.parametrize("days", [[], [0], [366], [-3, 14], list(range(1, 10))])
def test_moments_that_nobody_means_are_refused(lindeveen, now, days) -> None:
    before = lindeveen.aftercare_days

    with pytest.raises(services.NotTheseMoments):
        services.set_moments(lindeveen, days, by=SYSTEM, now=now)

    lindeveen.refresh_from_db()
    assert lindeveen.aftercare_days == before
    for slug, told in (("nergens", "1"), ("lindeveen", "0")):
        with pytest.raises(CommandError):
            call_command("aftercare_moments", slug, told)


def test_offer_makes_no_promises_before_the_reporter_said_yes(care) -> None:
    care.offered()

    assert not Commitment.objects.filter(kind="check_in").exists()
    seen = services.plan_for_reporter(care.case)
    assert seen is not None
    assert seen.is_offered
    assert len(seen.days) == 3
    care.case.refresh_from_db()
    assert care.case.is_aftercare_arranged


def test_case_waits_for_the_answer_to_an_offer(care) -> None:
    plan = care.offered()
    awaited = promised_by(care.case, plan.pk)
    assert [(c.kind, c.awaits) for c in awaited] == [("offer", "reporter")]
    step(care.case, "begin_triage", **care.handling)
    told = {"words": "Emotie mag.", "choice": "no_violation"}
    with pytest.raises(StepNotPossible):
        step(care.case, "dismiss", **told, **care.handling)

    services.respond_to_offer(plan, accept=False, **care.reporting)

    assert promised_by(care.case, plan.pk) == []
    care.case.refresh_from_db()
    step(care.case, "dismiss", **told, **care.handling)
    assert care.case.state == "closed"


def test_withdrawn_report_takes_its_offer_along(care) -> None:
    """Else the reporter could still say yes in a case that nobody handles."""
    plan = care.offered()
    withdraw(care.case, by=care.reporter, now=care.now)
    with pytest.raises(CaseClosed):
        services.respond_to_offer(plan, accept=True, **care.reporting)

    services.let_go(care.case, by=care.reporter, now=care.now)

    plan.refresh_from_db()
    assert plan.state == "declined"
    assert not Commitment.objects.open().filter(case=care.case).exists()


def test_second_offer_is_refused_while_one_runs(care) -> None:
    care.offered()

    with pytest.raises(services.PlanExists):
        care.offered()


def test_declined_in_the_mailbox_can_be_offered_again(care) -> None:
    care.declined()

    again = care.offered()

    assert again.state == "offered"
    assert Plan.objects.count() == 2
    assert services.current_plan(care.case) == again


@pytest.mark.parametrize("outcome", ["declined", "not_reached"])
def test_handler_records_why_there_is_none(care, outcome) -> None:
    plan = care.offered()

    services.conclude(plan, outcome=outcome, **care.handling)

    care.case.refresh_from_db()
    assert plan.state == "declined"
    assert header_of(care.case, care.keyring).aftercare == outcome


def test_outcome_goes_into_the_sealed_header(care) -> None:
    plan = care.completed()

    care.case.refresh_from_db()
    assert plan.state == "completed"
    assert header_of(care.case, care.keyring).aftercare == "given"
    assert not Commitment.objects.open().filter(kind="check_in").exists()


def test_only_offered_aftercare_was_not_given(care) -> None:
    plan = care.offered()

    with pytest.raises(StepNotPossible):
        services.conclude(plan, outcome="given", **care.handling)
    with pytest.raises(services.OutcomeMissing):
        services.conclude(plan, outcome="happy", **care.handling)


def test_closed_case_gets_no_aftercare(care) -> None:
    withdraw(care.case, by=care.reporter, now=care.now)

    with pytest.raises(services.CaseClosed):
        care.offered()


def test_strangers_neither_offer_nor_answer(care, chris, daan, keyring_of) -> None:
    for stranger in (chris, daan):
        with pytest.raises(NotAllowed):
            services.offer(care.case, by=stranger, now=care.now)
    plan = care.offered()
    for stranger in (chris, daan):
        with pytest.raises(StepForbidden):
            services.respond_to_offer(
                plan,
                accept=True,
                by=stranger,
                now=care.now,
                keyring=keyring_of(stranger),
            )
