"""A closed case comes to its end: told of, held, approved, and gone for good (A-4)."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from aftercare.models import Plan
from cases import services
from cases.models import Case, Destruction, Hold, Retention, Statement
from cases.services.destroying import destroy
from cases.tasks import end_terms
from cases.terms import end_of_term
from intake.models import Receipt
from tests import factories
from tests.cases.asking import doing
from weerbaar.accounts.models import Membership
from weerbaar.audit.models import Event
from weerbaar.celery import app
from weerbaar.contributions.models import Contribution
from weerbaar.notices.models import Notice
from weerbaar.outbox.models import Message
from weerbaar.outbox.tasks import relay
from weerbaar.vault.core import Erased
from weerbaar.vault.erasing import erasures
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import ErasureKey, Grant, Key
from weerbaar.web.refusals import NotAllowed


@pytest.fixture
def closed(open_report, bram, sanne, keyring_of, now, figure_year) -> Case:
    """A case that Bram brought to its end; Sanne can open it too."""
    case, _words = open_report()
    who = doing(bram, keyring_of, now)
    services.step(case, "begin_triage", **who)
    services.step(case, "respond", words="Een gesprek.", **who)
    services.arrange_aftercare(case)
    services.step(case, "begin_aftercare", **who)
    services.step(case, "evaluate", choice="given", **who)
    for promise in case.commitments.open():
        services.keep(promise, by=bram, now=now)
    codes = {"severity": "serious", "police": "melding"}
    services.classify(case, codes, revision=case.revision, **who)
    case.refresh_from_db()
    services.step(case, "close", words="Eerder bellen.", **who)
    return Case.objects.get(pk=case.pk)


def kept(case: Case) -> Retention:
    return Retention.objects.get(case=case)


def run(now) -> None:
    services.warn_of_ends(now=now)
    services.destroy_unattended(now=now)


def at_end(case: Case, now):
    """Let time pass as the clock has it; gives the moment at which the term is over."""
    ends = timezone.make_aware(
        timezone.datetime.combine(kept(case).ends_on, now.time())
    )
    for before in (30, 7, 0):
        services.warn_of_ends(now=ends - timedelta(days=before))
    return ends


def finish_erasing() -> None:
    for message in Message.objects.filter(task="cases.erase"):
        services.erase_key(message.ref, now=timezone.now())


def test_term_begins_at_closing_and_ends_with_reopening(closed, bram, keyring_of, now):
    today = timezone.localdate(now)
    assert kept(closed).ends_on == end_of_term(today, 60)
    assert str(end_of_term(today.replace(month=8, day=31), 6)) == "2027-02-28"

    reason = {"words": "Er is een nieuw feit."}
    services.step(closed, "reopen", **reason, **doing(bram, keyring_of, now))
    assert not Retention.objects.exists()


def test_end_is_told_30_and_7_days_before_and_on_the_day_once(closed, bram, now):
    ends = at_end(closed, now)
    for again in (30, 7, 0):
        services.warn_of_ends(now=ends - timedelta(days=again))

    told = Notice.objects.filter(recipient=bram, kind__startswith="case.end")
    assert [n.kind for n in told.order_by("made_at")] == [
        "case.ending",
        "case.ending",
        "case.ended",
    ]
    assert kept(closed).ends_on == ends.date()


def test_late_clock_gives_the_thirty_days_after_all(closed, bram, now):
    late = now + timedelta(days=4000)
    services.warn_of_ends(now=late)

    assert kept(closed).ends_on == timezone.localdate(late) + timedelta(days=30)
    with pytest.raises(services.TermNotOver):
        services.destroy_ended([closed], by=bram, now=late)


def test_shorter_term_ends_no_case_within_thirty_days(closed, lindeveen, bram, now):
    late = now + timedelta(days=400)
    services.set_term(lindeveen, "incident", 3, by=bram, now=late)

    assert kept(closed).ends_on == timezone.localdate(late) + timedelta(days=30)
    assert services.months_of(lindeveen, "incident") == 3
    assert services.months_of(lindeveen, "prevention") == 12


@pytest.mark.parametrize("months", [0, 2, 241])
def test_term_out_of_range_is_refused(lindeveen, bram, now, months):
    with pytest.raises(services.TermOutOfRange):
        services.set_term(lindeveen, "incident", months, by=bram, now=now)


def test_term_is_set_by_handlers_of_the_organisation_only(lindeveen, chris, gijs, now):
    for stranger in (chris, gijs):
        with pytest.raises(NotAllowed):
            services.set_term(lindeveen, "incident", 12, by=stranger, now=now)


def test_destroyed_case_leaves_a_line_events_and_figures(
    closed, bram, sanne, daan, now
):
    figures = Contribution.objects.count()
    erasure = closed.case_key.erasure_id
    ends = at_end(closed, now)
    assert [r.case for r in services.ended(bram, now=ends)] == [closed]

    [line] = services.destroy_ended([closed], by=bram, now=ends)

    assert (line.reference, line.grounds, line.by) == (closed.reference, "term", bram)
    assert set(line.readers.all()) == {bram, sanne}
    for model in (Case, Statement, Receipt, Plan, Hold, Retention):
        assert not model.objects.exists(), model
    gone = [closed.case_key_id, closed.dialogue_key_id]
    assert not Key.objects.filter(pk__in=gone).exists()
    assert not Grant.objects.filter(key__in=gone).exists()
    assert Event.objects.filter(kind="case.destroyed", about_id=closed.pk).exists()
    assert Event.objects.filter(kind="key.revoked", about_id=closed.pk).exists()
    assert Contribution.objects.count() == figures > 0

    assert erasures([erasure]), "the key goes through the outbox"
    finish_erasing()
    finish_erasing()
    assert not erasures([erasure])
    line.refresh_from_db()
    assert line.erased_at is not None
    for reader, lines in ((bram, 1), (sanne, 1), (daan, 0)):
        assert Destruction.objects.visible_to(reader).count() == lines


def test_colleagues_are_told_and_old_notices_go(closed, bram, sanne, now):
    ends = at_end(closed, now)
    services.destroy_ended([closed], by=sanne, now=ends)

    [left] = Notice.objects.filter(recipient=bram)
    assert (left.kind, left.case_id) == ("case.destroyed", None)


def test_destroyed_case_opens_from_no_backup_with_every_secret_in_hand(
    closed, bram, keyring_of, now
):
    """Everything is restored, all Secrets are there, also the root's: it stays shut."""
    root = Keyring(factories.root_secret("lindeveen"))
    mine = keyring_of(bram)
    opens = [services.header_of(closed, ring) for ring in (mine, root)]
    assert opens[0] == opens[1], "before, both open it"
    tables = [
        list(model.objects.filter(**of))
        for model, of in (
            (Key, {"kind": "receipt"}),
            (Key, {"erasure_id": closed.case_key.erasure_id}),
            (Grant, {"key__erasure_id": closed.case_key.erasure_id}),
        )
    ]
    row = Case.objects.values().get(pk=closed.pk)
    services.destroy_ended([closed], by=bram, now=at_end(closed, now))
    finish_erasing()

    for rows in tables:
        type(rows[0]).objects.bulk_create(rows)
    # The guard of states lets a row begin so; what opens does not depend on it.
    Case.objects.bulk_create([Case(**row | {"state": "reported"})])

    restored = Case.objects.get(pk=closed.pk)
    for ring in (keyring_of(bram), Keyring(factories.root_secret("lindeveen"))):
        with pytest.raises(Erased):
            services.header_of(restored, ring)


def test_restored_cases_are_removed_again_by_command(
    open_report, closed, bram, keyring_of, now
):
    for _again in range(2):
        open_report()
    rows = [closed.case_key, closed.dialogue_key]
    ErasureKey.objects.filter(pk=closed.case_key.erasure_id).delete()
    seen = services.worklist(Case.objects.visible_to(bram), keyring_of(bram))
    assert len(seen) == 2, "the worklist goes on without it"

    out = StringIO()
    call_command("remove_restored", stdout=out)
    assert "1" in out.getvalue()
    assert Case.objects.count() == 2
    assert Destruction.objects.get().grounds == "restored"
    assert not Key.objects.filter(pk__in=[k.pk for k in rows]).exists()


def test_lost_erasure_database_removes_nothing(open_report, closed):
    open_report()
    ErasureKey.objects.all().delete()
    with pytest.raises(CommandError, match="wissleutels"):
        call_command("remove_restored")
    assert Case.objects.count() == 2


def test_held_case_outlives_its_term_and_ends_thirty_days_after(
    closed, bram, sanne, keyring_of, now
):
    reason = "Er loopt een rechtszaak."
    services.hold(closed, reason=reason, **doing(bram, keyring_of, now))
    ends = at_end(closed, now)
    held = services.hold_of(closed)
    assert services.hold_reason(held, keyring_of(sanne)) == reason
    assert reason.encode() not in bytes(held.reason)
    assert services.ended(bram, now=ends) == []
    with pytest.raises(services.HeldAlready):
        services.hold(closed, reason=reason, **doing(sanne, keyring_of, now))
    with pytest.raises(services.TermNotOver):
        services.destroy_ended([closed], by=bram, now=ends)
    with pytest.raises(services.Held):
        destroy(closed, grounds="early", by=bram, now=ends)

    services.lift_hold(closed, by=sanne, now=ends)
    assert kept(closed).ends_on == ends.date() + timedelta(days=30)
    with pytest.raises(services.NotHeld):
        services.lift_hold(closed, by=sanne, now=ends)
    services.destroy_ended([closed], by=bram, now=at_end(closed, ends))
    assert not Case.objects.exists()


def test_hold_needs_a_reason_and_access(closed, bram, chris, keyring_of, now):
    with pytest.raises(services.HoldReasonMissing):
        services.hold(closed, reason=" ", **doing(bram, keyring_of, now))
    with pytest.raises(NotAllowed):
        services.hold(closed, reason="nee", **doing(chris, keyring_of, now))


def test_open_case_is_never_destroyed(open_report, bram, now):
    case, _words = open_report()
    with pytest.raises(services.NotClosed):
        services.destroy_ended([case], by=bram, now=now + timedelta(days=9999))
    assert Case.objects.exists()


def test_approval_is_for_who_can_open_the_case(closed, chris, gijs, daan, now):
    ends = at_end(closed, now)
    for stranger in (chris, gijs, daan):
        assert services.ended(stranger, now=ends) == []
        with pytest.raises(NotAllowed):
            services.destroy_ended([closed], by=stranger, now=ends)


def test_case_that_nobody_opens_any_more_ends_by_itself_a_month_later(
    closed, bram, sanne, now
):
    ends = at_end(closed, now)
    later = ends + timedelta(days=30)
    assert services.destroy_unattended(now=later) == 0, "Bram and Sanne can approve"

    Grant.objects.filter(key=closed.case_key).exclude(holder__kind="root").delete()
    assert services.destroy_unattended(now=later - timedelta(days=1)) == 0
    assert services.destroy_unattended(now=later) == 1
    assert Destruction.objects.get().grounds == "unattended"


def test_failed_destruction_takes_nothing_away(closed, bram, now):
    ends = at_end(closed, now)

    def disk_full(execute, statement, *rest):
        if statement.startswith('INSERT INTO "outbox_message"'):
            raise OSError("disk full")
        return execute(statement, *rest)

    with connection.execute_wrapper(disk_full), pytest.raises(OSError, match="disk"):
        services.destroy_ended([closed], by=bram, now=ends)
    assert Case.objects.exists()
    assert not Destruction.objects.exists()
    assert erasures([closed.case_key.erasure_id])


@pytest.mark.django_db(transaction=True)
def test_worker_destroys_the_erasure_key(celery_worker, closed, bram, now):
    erasure = closed.case_key.erasure_id
    services.destroy_ended([closed], by=bram, now=at_end(closed, now))
    app.set_current()
    relay()
    celery_worker.wait_for(lambda: not erasures([erasure]))
    assert Destruction.objects.get().erased_at


def test_task_is_safe_to_run_twice(closed):
    end_terms()
    end_terms()
    assert Case.objects.exists()
    assert Membership.objects.exists()
