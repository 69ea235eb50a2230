"""Places are given afterwards, by one at a time; recording waits for nobody."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections, transaction
from django.utils import timezone

from tests.audit.rewriting import triggers_off
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import Organisation
from weerbaar.audit import services
from weerbaar.audit.kinds import Kind
from weerbaar.audit.leaves import leaf_of
from weerbaar.audit.models import Event, Leaf, Waiting
from weerbaar.audit.services import TreeBroken
from weerbaar.audit.services.appending import alone, read_frontier, stored_hashes
from weerbaar.audit.tree import Frontier, hash_leaf, root


def placed() -> list[int]:
    return list(Leaf.objects.order_by("place").values_list("event_id", flat=True))


def expected_root() -> bytes:
    frontier = Frontier()
    for pk in placed():
        frontier.append(hash_leaf(leaf_of(Event.objects.get(pk=pk))))
    return frontier.root


@pytest.mark.django_db
def test_event_waits_and_gets_the_next_place(
    happen: Callable[..., list[Event]],
) -> None:
    first = happen(3)
    second = happen(2, place=False)
    assert Waiting.objects.count() == 2

    assert services.append_waiting() == 2

    assert placed() == [e.pk for e in first + second]
    assert not Waiting.objects.exists()
    assert services.append_waiting() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("batch", [1, 2, 3, 7])
def test_tree_is_the_same_however_it_grew(
    happen: Callable[..., list[Event]], batch: int
) -> None:
    happen(7, place=False)
    while services.append_waiting(limit=batch):
        pass

    assert read_frontier().root == expected_root()
    assert root(7, stored_hashes) == expected_root()
    assert list(Leaf.objects.values_list("place", flat=True)) == list(range(7))


@pytest.mark.django_db
def test_event_that_is_undone_takes_no_place(
    happen: Callable[..., list[Event]], lindeveen: Organisation
) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        happen(1, place=False)
        raise ZeroDivisionError
    kept = happen(1)

    assert placed() == [kept[0].pk]


@pytest.mark.django_db
def test_append_reads_as_many_rows_as_the_tree_is_high(
    happen: Callable[..., list[Event]],
    django_assert_num_queries: Callable[..., object],
) -> None:
    happen(63)
    happen(1, place=False)

    # Savepoint twice, lock, waiting, size, frontier, leaves, waiting no more.
    with django_assert_num_queries(8):
        services.append_waiting()


@pytest.mark.django_db(transaction=True)
def test_missing_hash_is_no_ground_to_build_on(
    happen: Callable[..., list[Event]],
) -> None:
    happen(5)
    with triggers_off() as attacker:
        attacker.execute("DELETE FROM audit_leaf WHERE place = 3")
    happen(1, place=False)

    with pytest.raises(TreeBroken):
        services.append_waiting()
    assert Waiting.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_late_transaction_gets_a_later_place(
    happen: Callable[..., list[Event]], lindeveen: Organisation
) -> None:
    """It took a number first and was done last: nothing is lost, and nobody waits."""
    began, may_end = threading.Event(), threading.Event()
    late: list[int] = []

    def slowly() -> None:
        with transaction.atomic():
            event = services.record(
                Kind.ORGANISATION_ADDED, lindeveen, by=SYSTEM, now=timezone.now()
            )
            late.append(event.pk)
            began.set()
            may_end.wait(10)
        connections.close_all()

    thread = threading.Thread(target=slowly)
    thread.start()
    assert began.wait(10)
    quick = happen(2)
    assert placed() == [e.pk for e in quick]
    may_end.set()
    thread.join()
    services.append_waiting()

    assert late[0] < quick[0].pk
    assert placed() == [*(e.pk for e in quick), late[0]]
    assert read_frontier().root == expected_root()


@pytest.mark.django_db(transaction=True)
def test_recording_does_not_wait_for_who_gives_places(
    happen: Callable[..., list[Event]],
) -> None:
    done = threading.Event()

    def elsewhere() -> None:
        happen(1, place=False)
        done.set()
        connections.close_all()

    with alone():
        thread = threading.Thread(target=elsewhere)
        thread.start()
        assert done.wait(10)
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_many_at_once_lose_nothing_and_never_wait_in_a_circle(
    lindeveen: Organisation,
) -> None:
    """Some record and then lock a row, some lock it and then record, while two workers
    give places. Had recording taken a lock on the tree, this would be a deadlock.
    """
    failed: list[BaseException] = []

    def attempt(work: Callable[[], None], times: int) -> None:
        try:
            for _time in range(times):
                work()
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    def happen_once() -> None:
        services.record(
            Kind.ORGANISATION_ADDED, lindeveen, by=SYSTEM, now=timezone.now()
        )

    def lock() -> None:
        Organisation.objects.select_for_update().get(pk=lindeveen.pk)

    @transaction.atomic
    def record_first() -> None:
        happen_once()
        lock()

    @transaction.atomic
    def lock_first() -> None:
        lock()
        happen_once()

    work = [(record_first, 30), (lock_first, 30)] * 3
    work += [(lambda: services.append_waiting(limit=7), 20)] * 2
    threads = [threading.Thread(target=attempt, args=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    services.append_all()

    assert failed == []
    assert sorted(placed()) == sorted(Event.objects.values_list("pk", flat=True))
    assert len(placed()) == 6 * 30
    assert read_frontier().root == expected_root()
