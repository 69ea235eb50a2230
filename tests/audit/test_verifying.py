"""Whatever is done to the history past the application, the check finds and names it.

The attacker is a superuser who took every guard off. What he can do without the log's
key and without the saved checkpoints is tried here, from one careless row to the whole
history made anew.
"""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from tests.audit.rewriting import Connection, triggers_off
from weerbaar.audit.findings import TOLD, Fault
from weerbaar.audit.leaves import leaf_of
from weerbaar.audit.models import Checkpoint, Event, Leaf, Waiting
from weerbaar.audit.notes import Head, Signer
from weerbaar.audit.services import Report, verify, verifying
from weerbaar.audit.tree import Frontier, hash_leaf
from weerbaar.vault.core import Secret

pytestmark = pytest.mark.django_db(transaction=True)
Happen = Callable[..., list[Event]]
Sign = Callable[..., Checkpoint | None]
HOUR = timedelta(hours=1)


@pytest.fixture
def history(happen: Happen, sign: Sign, now: datetime) -> list[Event]:
    """Twelve events: five signed, nine signed, three after that."""
    events = happen(5)
    sign(now)
    events += happen(4, at=now + HOUR)
    sign(now + HOUR)
    return events + happen(3, at=now + HOUR)


@pytest.fixture
def attacker(history: list[Event]) -> Iterator[Connection]:
    with triggers_off() as superuser:
        yield superuser


@pytest.fixture
def check(log_key: Signer) -> Callable[..., Report]:
    def run(saved: str = "") -> Report:
        return verify(log_key.verifier, saved=saved)

    return run


def faults(report: Report) -> dict[Fault, int]:
    return dict(report.findings.counts)


def where(report: Report, fault: Fault) -> list[dict[str, Any]]:
    return [one.where for one in report.findings.told if one.fault is fault]


def rebuild(attacker: Connection, order: list[int] | None = None) -> None:
    """Make all places and hashes anew, over the events as they are now."""
    events = list(Event.objects.order_by("pk"))
    ordered = [events[i] for i in order] if order else events
    frontier = Frontier()
    attacker.execute("DELETE FROM audit_leaf")
    for event in ordered:
        place = frontier.size
        hashes = b"".join(frontier.append(hash_leaf(leaf_of(event))))
        attacker.execute(
            "INSERT INTO audit_leaf VALUES (%s, %s, %s)", [place, event.pk, hashes]
        )


# --- a history as it was --------------------------------------------------------------


def test_history_as_it_was_has_no_faults(
    history: list[Event], check: Callable[..., Report]
) -> None:
    report = check()

    assert faults(report) == {}
    assert (report.size, report.checkpoints, report.waiting) == (12, 2, 0)


def test_event_that_waits_for_its_place_is_no_fault(
    history: list[Event], happen: Happen, check: Callable[..., Report]
) -> None:
    happen(2, place=False)

    report = check()

    assert faults(report) == {}
    assert (report.size, report.waiting) == (12, 2)


def test_history_without_events_has_no_faults(check: Callable[..., Report]) -> None:
    assert faults(check()) == {}


def test_every_saved_checkpoint_still_fits(
    history: list[Event], check: Callable[..., Report]
) -> None:
    for kept in Checkpoint.objects.all():
        report = check(kept.note)

        assert faults(report) == {}
        assert report.checkpoints == 2


# --- one row --------------------------------------------------------------------------

CHANGES = {
    "kind": "'case.close'",
    "subject_type": "'cases.case'",
    "subject_id": "'another'",
    "about_id": "gen_random_uuid()",
    "organisation_id": "gen_random_uuid()",
    "actor_kind": "'person'",
    "actor_id": "gen_random_uuid()",
    "at": "at + interval '1 microsecond'",
    "facts": """'{"person": "somebody"}'""",
}


def test_every_column_is_attacked() -> None:
    columns = {field.column for field in Event._meta.concrete_fields}

    assert set(CHANGES) == columns - {"id"}


@pytest.mark.parametrize("column", CHANGES)
def test_changed_row_is_found(
    history: list[Event],
    attacker: Connection,
    check: Callable[..., Report],
    column: str,
) -> None:
    attacker.execute(
        f"UPDATE audit_event SET {column} = {CHANGES[column]} WHERE id = %s",  # noqa: S608
        [history[3].pk],
    )

    report = check()

    assert faults(report) == {Fault.ROW_CHANGED: 1}
    assert where(report, Fault.ROW_CHANGED) == [{"place": 3, "event": history[3].pk}]


def test_removed_row_is_found(
    history: list[Event], attacker: Connection, check: Callable[..., Report]
) -> None:
    attacker.execute("DELETE FROM audit_event WHERE id = %s", [history[3].pk])

    report = check()

    assert faults(report) == {Fault.ROW_REMOVED: 1}
    assert where(report, Fault.ROW_REMOVED) == [{"place": 3, "event": history[3].pk}]


def test_row_with_another_number_is_found(
    history: list[Event], attacker: Connection, check: Callable[..., Report]
) -> None:
    attacker.execute("UPDATE audit_event SET id = -1 WHERE id = %s", [history[3].pk])

    assert faults(check()) == {Fault.ROW_REMOVED: 1, Fault.ROW_INSERTED: 1}


def test_inserted_row_is_found(
    history: list[Event], attacker: Connection, check: Callable[..., Report]
) -> None:
    made = forge(attacker)

    report = check()

    assert faults(report) == {Fault.ROW_INSERTED: 1}
    assert where(report, Fault.ROW_INSERTED) == [{"event": made}]


def forge(attacker: Connection, at: str = "now") -> int:
    row = attacker.execute(
        "INSERT INTO audit_event"
        " (kind, subject_type, subject_id, actor_kind, at, facts)"
        " VALUES ('case.looked', 'cases.case', 'x', 'person', %s, '{}') RETURNING id",
        [at],
    ).fetchone()
    assert row is not None
    return int(str(row[0]))


def test_row_that_was_put_into_the_past_is_found(
    history: list[Event],
    attacker: Connection,
    happen: Happen,
    check: Callable[..., Report],
    now: datetime,
) -> None:
    """He lets it get a place in the right way: it comes last, and says it was first."""
    made = forge(attacker, at="2026-05-01 10:00+02")
    attacker.execute("INSERT INTO audit_waiting VALUES (%s)", [made])
    happen(1, at=now + HOUR)

    report = check()

    assert faults(report) == {Fault.ROW_BACKDATED: 1}
    assert where(report, Fault.ROW_BACKDATED)[0]["event"] == made


def test_moment_of_a_reporter_is_not_taken_for_backdated(
    history: list[Event], happen: Happen, check: Callable[..., Report], now: datetime
) -> None:
    happen(1, at=now + HOUR - timedelta(hours=6))

    assert faults(check()) == {}


def test_row_that_was_removed_before_it_got_its_place_is_found(
    history: list[Event],
    attacker: Connection,
    happen: Happen,
    check: Callable[..., Report],
) -> None:
    waiting = happen(2, place=False)
    attacker.execute("DELETE FROM audit_event WHERE id = %s", [waiting[0].pk])

    report = check()

    assert faults(report) == {Fault.ROW_LOST: 1}
    assert where(report, Fault.ROW_LOST) == [{"event": waiting[0].pk}]


# --- order ----------------------------------------------------------------------------


def test_rows_that_changed_places_are_found(
    history: list[Event], attacker: Connection, check: Callable[..., Report]
) -> None:
    """Which event stands at which place; the hashes are left as they were."""
    exchange(attacker, 2, 7, "event_id")

    report = check()

    assert faults(report) == {Fault.ROW_MOVED: 2}
    assert where(report, Fault.ROW_MOVED) == [
        {"place": 2, "event": history[7].pk, "other": 7},
        {"place": 7, "event": history[2].pk, "other": 2},
    ]


def exchange(attacker: Connection, one: int, other: int, *columns: str) -> None:
    """Exchange two places of the tree as far as these columns go."""
    both = {"one": one, "other": other}
    attacker.execute("CREATE TEMPORARY TABLE kept AS TABLE audit_leaf")
    attacker.execute(
        "UPDATE audit_leaf SET event_id = -event_id"
        " WHERE place IN (%(one)s, %(other)s)",
        both,
    )
    for column in columns:
        attacker.execute(
            f"UPDATE audit_leaf SET {column} = (SELECT {column} FROM kept"  # noqa: S608
            " WHERE kept.place = %(one)s + %(other)s - audit_leaf.place)"
            " WHERE place IN (%(one)s, %(other)s)",
            both,
        )
    attacker.execute("DROP TABLE kept")


def test_places_that_were_exchanged_whole_are_found(
    history: list[Event], attacker: Connection, check: Callable[..., Report]
) -> None:
    """Even places hold no hash but their own, so each fits itself."""
    exchange(attacker, 2, 10, "event_id", "hashes")

    report = check()

    assert faults(report) == {Fault.TREE_CHANGED: 2, Fault.REWRITTEN: 1}
    assert where(report, Fault.TREE_CHANGED) == [
        {"first": 2, "last": 3},
        {"first": 10, "last": 11},
    ]


def test_row_that_was_changed_with_its_own_hash_is_found(
    history: list[Event], attacker: Connection, check: Callable[..., Report]
) -> None:
    attacker.execute(
        "UPDATE audit_event SET kind = 'case.close' WHERE id = %s", [history[6].pk]
    )
    leaf = hash_leaf(leaf_of(Event.objects.get(pk=history[6].pk)))
    attacker.execute("UPDATE audit_leaf SET hashes = %s WHERE place = 6", [leaf])

    report = check()

    assert faults(report) == {Fault.TREE_CHANGED: 1, Fault.REWRITTEN: 1}
    assert where(report, Fault.TREE_CHANGED) == [{"first": 6, "last": 7}]
    assert where(report, Fault.REWRITTEN) == [{"size": 9, "first": 5, "last": 8}]


def test_hash_of_the_tree_that_was_spoiled_is_found(
    history: list[Event], attacker: Connection, check: Callable[..., Report]
) -> None:
    attacker.execute("UPDATE audit_leaf SET hashes = hashes || 'x' WHERE place = 4")

    assert where(check(), Fault.TREE_CHANGED) == [{"first": 4, "last": 4}]


# --- everything made to fit again -----------------------------------------------------


def test_history_that_was_rewritten_whole_is_found(
    history: list[Event], attacker: Connection, check: Callable[..., Report]
) -> None:
    """Every hash fits again; only the signatures cannot be made."""
    attacker.execute(
        "UPDATE audit_event SET kind = 'case.close' WHERE id = %s", [history[6].pk]
    )
    rebuild(attacker)

    report = check()

    assert faults(report) == {Fault.REWRITTEN: 1}
    assert where(report, Fault.REWRITTEN) == [{"size": 9, "first": 5, "last": 8}]


def test_history_in_another_order_is_found(
    history: list[Event], attacker: Connection, check: Callable[..., Report]
) -> None:
    rebuild(attacker, [1, 0, *range(2, 12)])

    report = check()

    assert where(report, Fault.REWRITTEN) == [{"size": 5, "first": 0, "last": 4}]


def test_history_with_a_row_put_in_is_found(
    history: list[Event], attacker: Connection, check: Callable[..., Report]
) -> None:
    forge(attacker)
    rebuild(attacker, [0, 1, 12, *range(2, 12)])

    assert where(check(), Fault.REWRITTEN)[0]["last"] == 4


def test_history_with_a_row_left_out_is_found(
    history: list[Event], attacker: Connection, check: Callable[..., Report]
) -> None:
    attacker.execute("DELETE FROM audit_event WHERE id = %s", [history[7].pk])
    rebuild(attacker)

    assert where(check(), Fault.REWRITTEN) == [{"size": 9, "first": 5, "last": 8}]


def test_end_that_was_cut_off_is_found(
    history: list[Event], attacker: Connection, check: Callable[..., Report]
) -> None:
    attacker.execute("DELETE FROM audit_event WHERE id >= %s", [history[7].pk])
    rebuild(attacker)

    report = check()

    assert faults(report) == {Fault.SHORTER: 1}
    assert where(report, Fault.SHORTER) == [{"size": 9, "there": 7}]


def test_place_that_was_taken_out_is_found(
    history: list[Event], attacker: Connection, check: Callable[..., Report]
) -> None:
    attacker.execute("DELETE FROM audit_leaf WHERE place IN (3, 4)")

    report = check()

    assert faults(report) == {Fault.PLACE_REMOVED: 1, Fault.ROW_INSERTED: 2}
    assert where(report, Fault.PLACE_REMOVED) == [{"first": 3, "last": 4}]


# --- checkpoints ----------------------------------------------------------------------


def test_forged_checkpoint_is_found(
    history: list[Event],
    attacker: Connection,
    check: Callable[..., Report],
    log_key: Signer,
) -> None:
    """He rewrote everything and signed it, with a key of his own and the log's name."""
    attacker.execute("UPDATE audit_event SET kind = 'case.close'")
    rebuild(attacker)
    thief = Signer(log_key.name, Secret.new())
    frontier = Frontier()
    for leaf in Leaf.objects.order_by("pk")[:9]:
        frontier.append(bytes(leaf.hashes)[:32])
    note = thief.sign(Head(log_key.name, 9, frontier.root).text)
    attacker.execute("UPDATE audit_checkpoint SET note = %s WHERE size = 9", [note])

    report = check()

    assert faults(report) == {Fault.FORGED: 1, Fault.REWRITTEN: 1}
    assert where(report, Fault.FORGED)[0]["size"] == "9 events"
    assert where(report, Fault.REWRITTEN) == [{"size": 5, "first": 0, "last": 4}]


def test_true_checkpoint_at_another_size_is_found(
    history: list[Event], attacker: Connection, check: Callable[..., Report]
) -> None:
    attacker.execute("UPDATE audit_checkpoint SET size = 8 WHERE size = 9")

    assert faults(check()) == {Fault.FORGED: 1}


def test_saved_checkpoint_finds_what_all_in_the_database_hides(
    history: list[Event], attacker: Connection, check: Callable[..., Report]
) -> None:
    """He rewrote everything and took the checkpoints away: nothing here contradicts."""
    saved = Checkpoint.objects.get(size=9).note
    attacker.execute("UPDATE audit_event SET kind = 'case.close'")
    rebuild(attacker)
    attacker.execute("DELETE FROM audit_checkpoint")
    assert faults(check()) == {}

    report = check(saved)

    assert faults(report) == {Fault.CHECKPOINT_REMOVED: 1, Fault.REWRITTEN: 1}


def test_log_shorter_than_the_saved_checkpoint_is_found(
    history: list[Event], attacker: Connection, check: Callable[..., Report]
) -> None:
    saved = Checkpoint.objects.get(size=9).note
    for table in ("audit_event", "audit_leaf", "audit_checkpoint"):
        attacker.execute(f"DELETE FROM {table}")  # noqa: S608

    report = check(saved)

    assert faults(report) == {Fault.CHECKPOINT_REMOVED: 1, Fault.SHORTER: 1}
    assert where(report, Fault.SHORTER) == [{"size": 9, "there": 0}]


def test_spoiled_saved_checkpoint_is_found(
    history: list[Event], check: Callable[..., Report]
) -> None:
    saved = Checkpoint.objects.get(size=9).note.replace("\n9\n", "\n8\n")

    assert faults(check(saved)) == {Fault.FORGED: 1}


# --- the command ----------------------------------------------------------------------


def test_command_says_that_all_is_well(
    history: list[Event], log_key: Signer, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_audit")

    said = capsys.readouterr().out
    assert "12 events in their places" in said
    assert "2 checkpoints fit, signed by the key on this machine" in said
    assert "Nothing was changed" in said


def test_command_says_what_is_wrong_and_where_and_fails(
    history: list[Event],
    attacker: Connection,
    log_key: Signer,
    capsys: pytest.CaptureFixture[str],
) -> None:
    attacker.execute("DELETE FROM audit_event WHERE id = %s", [history[3].pk])

    with pytest.raises(CommandError, match="not what it was: 1 fault"):
        call_command("verify_audit")

    assert f"Place 3: event {history[3].pk} is gone." in capsys.readouterr().err


def test_command_tells_the_first_and_counts_the_rest(
    happen: Happen,
    history: list[Event],
    log_key: Signer,
    capsys: pytest.CaptureFixture[str],
) -> None:
    happen(TOLD)
    with triggers_off() as attacker:
        attacker.execute("DELETE FROM audit_event")

    with pytest.raises(CommandError, match=f"{TOLD + 12} faults"):
        call_command("verify_audit")

    said = capsys.readouterr().err
    assert said.count("is gone") == TOLD
    assert "And 12 more" in said


@pytest.mark.parametrize(
    "kept",
    [
        "{note}",
        "{crlf}",
        "\ufeff{note}\n\n",
        "From: Weerbaar <log@weerbaar.example>\nTo: een@getuige.example\n"
        "Subject: controlepunt\nMIME-Version: 1.0\n"
        'Content-Type: text/plain; charset="utf-8"\n'
        "Content-Transfer-Encoding: 8bit\n\n{note}",
    ],
    ids=["text", "line ends", "spaces around", "mail"],
)
def test_command_reads_a_checkpoint_as_it_was_saved(
    history: list[Event], log_key: Signer, tmp_path: Path, kept: str
) -> None:
    note = Checkpoint.objects.get(size=9).note
    file = tmp_path / "kept"
    text = kept.format(note=note, crlf=note.replace("\n", "\r\n"))
    file.write_bytes(text.encode())

    call_command("verify_audit", checkpoint=file)
    file.write_bytes(text.replace("\n9\n", "\n8\n").replace("\n9\r", "\n8\r").encode())

    with pytest.raises(CommandError, match="not what it was"):
        call_command("verify_audit", checkpoint=file)


def test_command_checks_by_the_pinned_key_before_the_one_here(
    history: list[Event],
    log_key: Signer,
    settings: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Who took over the machine signs with another key: the pinned one decides."""
    settings.AUDIT_VERIFIER = str(log_key.verifier)
    call_command("verify_audit")
    assert "signed by AUDIT_VERIFIER" in capsys.readouterr().out

    pinned = Signer(log_key.name, Secret.new()).verifier
    with pytest.raises(CommandError, match="2 faults"):
        call_command("verify_audit", key=str(pinned))


@pytest.mark.parametrize("key", ["nonsense", "name+00000000+AAAA"])
def test_command_refuses_what_is_no_key(log_key: Signer, key: str) -> None:
    with pytest.raises(CommandError):
        call_command("verify_audit", key=key)


def test_command_asks_for_a_key_and_a_file_that_are_there(
    settings: Any, tmp_path: Path, log_key: Signer
) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_audit", checkpoint=tmp_path / "nowhere")
    settings.AUDIT_KEYS = tmp_path / "elsewhere"

    with pytest.raises(CommandError, match="--key"):
        call_command("verify_audit")


def test_check_sees_one_moment_while_others_write(
    history: list[Event],
    happen: Happen,
    log_key: Signer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Events and places that come while it walks are not looked at, nor missed."""
    look = verifying._look_beside_the_tree

    def meanwhile(findings: Any) -> None:
        def write() -> None:
            happen(3)
            happen(1, place=False)
            connections.close_all()

        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        look(findings)

    monkeypatch.setattr(verifying, "_look_beside_the_tree", meanwhile)
    report = verify(log_key.verifier)

    assert faults(report) == {}
    assert (report.size, report.waiting) == (12, 0)
    assert (Leaf.objects.count(), Waiting.objects.count()) == (15, 1)
