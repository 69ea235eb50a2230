"""A checkpoint each hour: signed once, only over what goes on, and mailed outside."""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends import smtp
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.audit.rewriting import triggers_off
from weerbaar.audit import keys, services
from weerbaar.audit.keys import KeyMissing
from weerbaar.audit.models import Checkpoint, Event, Leaf
from weerbaar.audit.notes import Head, Signer, open_head
from weerbaar.audit.services import HistoryRewritten
from weerbaar.audit.services.appending import read_frontier
from weerbaar.outbox import services as outbox
from weerbaar.outbox.models import Message

Happen = Callable[..., list[Event]]
Sign = Callable[..., Checkpoint | None]
HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_checkpoint_says_size_and_root_and_is_signed(
    happen: Happen, sign: Sign, log_key: Signer
) -> None:
    happen(5, place=False)

    made = sign()

    assert made is not None
    head = open_head(made.note, log_key.verifier)
    assert (head.size, head.root) == (5, read_frontier().root)
    assert head.origin == log_key.name == "127.0.0.1:8000/logboek"


@pytest.mark.django_db
def test_hour_without_events_is_not_signed(
    happen: Happen, sign: Sign, now: datetime
) -> None:
    assert sign() is None
    happen(1)
    assert sign(now) is not None

    assert sign(now + 5 * HOUR) is None
    assert Checkpoint.objects.count() == 1


@pytest.mark.django_db
def test_checkpoint_is_signed_once_an_hour(
    happen: Happen, sign: Sign, now: datetime
) -> None:
    happen(1)
    sign(now)
    happen(1)

    assert sign(now + HOUR - timedelta(seconds=1)) is None
    assert sign(now + HOUR) is not None


@pytest.mark.django_db
def test_newest_checkpoint_stands_at_its_public_address(
    client: Client, happen: Happen, sign: Sign, now: datetime
) -> None:
    assert client.get("/logboek/checkpoint").status_code == 404
    happen(1)
    sign(now)
    happen(1)
    newest = sign(now + HOUR)

    found = client.get("/logboek/checkpoint")

    assert newest is not None
    assert found.content.decode() == newest.note
    assert found.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert client.post("/logboek/checkpoint").status_code == 405


@pytest.mark.django_db
def test_each_witness_is_mailed_the_checkpoint_and_nothing_else(
    happen: Happen, sign: Sign, settings: Any
) -> None:
    one, other = settings.AUDIT_WITNESSES
    happen(3)
    made = sign()

    deliver(timezone.now())

    assert made is not None
    assert [m.to for m in mail.outbox] == [[one], [other]]
    assert {m.body for m in mail.outbox} == {made.note}
    assert not any(m.cc or m.bcc or m.attachments for m in mail.outbox)


@pytest.mark.django_db
def test_mail_server_that_is_down_loses_no_checkpoint(
    happen: Happen, sign: Sign, settings: Any
) -> None:
    happen(1)
    made = sign()
    settings.EMAIL_BACKEND = smtp.__name__ + ".EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises((OSError, smtplib.SMTPException)):
        deliver(timezone.now())
    assert Message.objects.filter(done_at=None).count() == 2

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver(timezone.now())
    deliver(timezone.now())

    assert made is not None
    assert [m.body for m in mail.outbox] == [made.note] * 2


@pytest.mark.django_db
def test_platform_without_witnesses_mails_nobody(
    happen: Happen, sign: Sign, settings: Any
) -> None:
    settings.AUDIT_WITNESSES = []
    happen(1)

    assert sign() is not None
    assert not Message.objects.exists()


def deliver(now: datetime) -> None:
    """Do what the outbox holds, as the worker would."""
    for message in Message.objects.filter(done_at=None).order_by("pk"):
        assert message.task == "audit.mail_witness"
        outbox.finish(message.pk, services.mail_witness, now=now)


# --- what is never signed -------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_rewritten_history_is_not_signed(
    happen: Happen, sign: Sign, now: datetime
) -> None:
    happen(6)
    sign(now)
    with triggers_off() as attacker:
        attacker.execute("DELETE FROM audit_leaf WHERE place = 5")
    happen(2)

    with pytest.raises(HistoryRewritten):
        sign(now + HOUR)
    assert Checkpoint.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_history_that_was_begun_anew_is_not_signed(
    happen: Happen, sign: Sign, now: datetime
) -> None:
    """Every trace in the database is gone; the worker remembers outside it."""
    happen(6)
    sign(now)
    with triggers_off() as attacker:
        attacker.execute("DELETE FROM audit_leaf")
        attacker.execute("DELETE FROM audit_event")
        attacker.execute("DELETE FROM audit_checkpoint")
    happen(8)

    with pytest.raises(HistoryRewritten):
        sign(now + HOUR)


@pytest.mark.django_db(transaction=True)
def test_history_that_became_shorter_is_not_signed(
    happen: Happen, sign: Sign, now: datetime
) -> None:
    happen(6)
    sign(now)
    with triggers_off() as attacker:
        attacker.execute("DELETE FROM audit_leaf WHERE place > 2")
        attacker.execute("DELETE FROM audit_checkpoint")

    with pytest.raises(HistoryRewritten):
        sign(now + HOUR)


@pytest.mark.django_db
def test_forged_checkpoint_is_not_built_on(
    happen: Happen, sign: Sign, log_key: Signer, now: datetime
) -> None:
    """It would have the worker believe that it signed a moment ago."""
    happen(2)
    sign(now)
    Checkpoint.objects.create(
        size=99, note=f"{log_key.name}\n99\n", signed_at=now + 900 * HOUR
    )
    happen(1)

    with pytest.raises(HistoryRewritten):
        sign(now + HOUR)


@pytest.mark.django_db
def test_restored_backup_is_signed_again_when_somebody_says_so(
    happen: Happen, sign: Sign, now: datetime, settings: Any
) -> None:
    """The worker remembers more than the backup has, until that is taken away."""
    happen(2)
    sign(now)
    remembered = settings.AUDIT_KEYS / "last.checkpoint"
    kept = remembered.read_text("utf-8")
    keys.keep_signed(
        keys.read_log_key().sign(
            Head(keys.read_log_key().name, 7, b"of the lost hour" * 2).text
        )
    )
    happen(1)
    with pytest.raises(HistoryRewritten):
        sign(now + HOUR)

    remembered.unlink()

    assert sign(now + HOUR) is not None
    assert remembered.read_text("utf-8") != kept


@pytest.mark.django_db
def test_log_of_another_name_goes_on_where_a_key_was_lost(
    happen: Happen, sign: Sign, now: datetime, settings: Any
) -> None:
    happen(2)
    first = sign(now)
    (settings.AUDIT_KEYS / "log.key").unlink()
    call_command("audit_key", begin="weerbaar.example/logboek-2")
    happen(1)

    second = sign(now + HOUR)

    assert first is not None
    assert second is not None
    key = keys.read_log_key()
    assert open_head(second.note, key.verifier).size == 3
    report = services.verify(key.verifier, saved=second.note)
    assert (report.checkpoints, report.others, report.findings.counts) == (1, 1, {})


@pytest.mark.django_db
def test_lost_key_is_not_replaced_by_itself(
    happen: Happen, sign: Sign, now: datetime, settings: Any
) -> None:
    happen(1)
    sign(now)
    (settings.AUDIT_KEYS / "log.key").unlink()
    happen(1)

    with pytest.raises(KeyMissing):
        sign(now + HOUR)
    assert not (settings.AUDIT_KEYS / "log.key").exists()


@pytest.mark.django_db
def test_worker_that_died_after_signing_goes_on(
    happen: Happen, sign: Sign, log_key: Signer, now: datetime
) -> None:
    """It signed and did not get to remember it: an older memory is no contradiction."""
    happen(1)
    sign(now)
    happen(1)
    services.sign(keys.read_log_key, last_signed=keys.last_signed(), now=now + HOUR)
    happen(1)

    assert sign(now + 2 * HOUR) is not None
    assert Leaf.objects.count() == 3
