"""Signing what was published or withdrawn, with the network's own key.

A signed note (c2sp.org/signed-note) in words that a person can read. Only the worker
has the key, and it signs only figures that it made itself: who can write the database
gets nothing of his own signed.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from weerbaar.accounts.actors import SYSTEM
from weerbaar.audit.kinds import Kind
from weerbaar.audit.notes import Signer
from weerbaar.audit.services import record
from weerbaar.network.models import Attestation, Release
from weerbaar.network.workflow import State
from weerbaar.outbox.services import enqueue

TASK = "network.sign"
logger = logging.getLogger(__name__)


class NotMade(Exception):
    """This worker did not make the release, or its note of that is lost."""


def ask_signature(release: Release) -> None:
    """Have the worker sign what has just been published or withdrawn."""
    enqueue(TASK, ref=release.pk)


def sign(
    pk: UUID,
    read_key: Callable[..., Signer],
    *,
    was_made: Callable[[str], bool],
    now: datetime,
) -> list[Attestation]:
    """Sign that a release was published, and that it was withdrawn, each once.

    Gives what was signed. Figures that are not as they were made, and those that this
    worker did not make, are not signed and are told to the log, each time until what
    was made is at hand again. `read_key` makes a key before the first signature only:
    one that is lost is never replaced unseen, and the signature waits. Raises NotMade,
    and what `read_key` raises.
    """
    release = Release.objects.select_for_update().get(pk=pk)
    if not (release.is_intact and was_made(release.digest)):
        logger.error("Release %s is not what this worker made: not signed.", pk)
        raise NotMade(pk)
    done = set(release.attestations.values_list("act", flat=True))
    acts = [act for act in _acts(release) if act not in done]
    signer = read_key(make=not Attestation.objects.exists())
    return [_sign(release, act, signer, now) for act in acts]


def _acts(release: Release) -> Iterator[State]:
    if release.published_at:
        yield State.PUBLISHED
    if release.withdrawn_at:
        yield State.WITHDRAWN


def _sign(release: Release, act: State, signer: Signer, now: datetime) -> Attestation:
    note = signer.sign(statement(release, act, origin=signer.name))
    made = Attestation.objects.create(
        release=release,
        act=act,
        note=note,
        verifier=str(signer.verifier),
        signed_at=now,
    )
    record(Kind.RELEASE_SIGNED, release, by=SYSTEM, now=now)
    return made


def statement(release: Release, act: State, *, origin: str) -> str:
    """What is signed, a line for each fact; the checker reads the same lines."""
    moment = (
        release.withdrawn_at if act == State.WITHDRAWN else release.published_at
    ) or release.made_at
    facts = {
        "act": str(act),
        "period": f"{release.year} Q1-Q{release.quarters}",
        "vintage": str(release.vintage),
        "status": "provisional" if release.is_provisional else "definitive",
        "release": release.digest,
        "plan": release.snapshot["planDigest"],
        "seed": release.seed_commitment,
        "day": timezone.localdate(moment).isoformat(),
    }
    lines = [origin, *(f"{name} {fact}" for name, fact in facts.items())]
    return "".join(f"{line}\n" for line in lines)
