"""Signing what the tree holds, once an hour, and mailing it to witnesses outside."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from weerbaar.audit.models import Checkpoint
from weerbaar.audit.notes import Forged, Head, NotANote, Signer, Verifier, open_head
from weerbaar.audit.services.appending import (
    TreeBroken,
    alone,
    append_all,
    stored_hashes,
    tree_size,
)
from weerbaar.audit.tree import extends, prove_consistency, root
from weerbaar.outbox.services import enqueue

EVERY = timedelta(hours=1)


class HistoryRewritten(Exception):
    """The tree does not go on from what was signed: it is not signed again."""


def sign(
    read_key: Callable[..., Signer], *, last_signed: str, now: datetime
) -> Checkpoint | None:
    """Sign the tree as it stands, when an hour has passed and something was added.

    Before that every event that waits gets its place. The tree is first proved to begin
    with what was signed last: what the worker remembers outside the database, and the
    newest one stored. Gives None when nothing was signed. Raises HistoryRewritten,
    TreeBroken, KeyMissing.
    """
    append_all()
    with alone():
        key = read_key(make=not (last_signed or Checkpoint.objects.exists()))
        newest = Checkpoint.objects.of_log(key.name).order_by("-size").first()
        size = tree_size()
        for note in {last_signed, newest.note if newest else ""}:
            if note.startswith(f"{key.name}\n"):
                _check_goes_on(note, size, key.verifier)
        if not _is_due(newest, size, now):
            return None
        note = key.sign(Head(key.name, size, root(size, stored_hashes)).text)
        made = Checkpoint.objects.create(size=size, note=note, signed_at=now)
        for number, _witness in enumerate(settings.AUDIT_WITNESSES):
            enqueue("audit.mail_witness", ref=f"{size}/{number}")
    return made


def _is_due(newest: Checkpoint | None, size: int, now: datetime) -> bool:
    if newest is None:
        return size > 0
    return size > newest.size and now - newest.signed_at >= EVERY


def _check_goes_on(note: str, size: int, verifier: Verifier) -> None:
    try:
        before = open_head(note, verifier)
        if not _begins_with(before, size):
            raise HistoryRewritten(f"It does not begin with the {before.size} signed.")
    except (Forged, NotANote, TreeBroken) as error:
        raise HistoryRewritten("What was signed last cannot be checked.") from error


def _begins_with(before: Head, size: int) -> bool:
    if before.size > size:
        return False
    proof = prove_consistency(before.size, size, stored_hashes)
    return extends(before.size, before.root, size, root(size, stored_hashes), proof)


def newest_checkpoint() -> str:
    """The newest signed checkpoint; empty before the first."""
    newest = Checkpoint.objects.order_by("-size").values_list("note", flat=True)
    return newest.first() or ""


def mail_witness(ref: str) -> None:
    """Mail one checkpoint to one witness; a mail server that is down raises.

    `ref` is the size and the number of the witness. The mail holds the checkpoint and
    nothing else, so that who saves it saves what `verify_audit` reads.
    """
    size, number = ref.split("/")
    note = Checkpoint.objects.values_list("note", flat=True).get(pk=int(size))
    witnesses = settings.AUDIT_WITNESSES[int(number) :][:1]
    if witnesses:
        EmailMessage(_("Weerbaar: checkpoint of the log"), note, to=witnesses).send()
