"""The editor's side: out of the letterbox, checked, and published or sent back.

Nothing here knows a case. What came in together lies in random order.
"""

import base64
import secrets
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record, record_grants
from weerbaar.steps import StepNotPossible, take_step
from weerbaar.stories.models.edited import Edition, Parcel
from weerbaar.stories.permissions import may_edit
from weerbaar.stories.services.copies import destroy_text
from weerbaar.stories.services.editors import editors
from weerbaar.stories.services.words import FIELDS, LENGTH, LONGEST, Text, text_of
from weerbaar.vault.core import PublicKey, VaultError
from weerbaar.vault.envelope import (
    open_json,
    open_json_sealed,
    seal_json,
    seal_json_to,
)
from weerbaar.vault.granting import grants_of, new_key
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import KeyKind
from weerbaar.web.refusals import InvalidInput, NotAllowed, NotPossibleNow


class TooFew(NotPossibleNow):
    """What comes out alone could be laid beside the case it came from."""

    title = _("Too few stories wait in the letterbox")
    detail = _("They come out several at once, so that none says when it was sent.")


class ReasonMissing(InvalidInput):
    """Who wrote a story has to know why it is not published."""

    title = _("The reason is missing")
    detail = _("Write in at most 2,000 characters what the handler has to know.")


def lying(by: User) -> int:
    """How many stories lie in the letterbox for this editor."""
    return Parcel.objects.filter(editor_id=by.key_id).count() if by.key_id else 0


def together() -> int:
    """How many have to lie there."""
    return int(settings.STORIES_TOGETHER)


def can_take_out(by: User) -> bool:
    """Whether enough lie there to come out together."""
    return lying(by) >= together()


@transaction.atomic
def take_out(*, by: User, keyring: Keyring, now: datetime) -> int:
    """Take all stories out of the letterbox, in random order; gives how many.

    A parcel that does not open stays where it is. Raises NotAllowed, TooFew.
    """
    if not may_edit(None, by):
        raise NotAllowed
    # Those of colleagues too: two editors at the same moment come one after the other.
    lying_there = list(Parcel.objects.select_for_update().order_by("pk"))
    mine = [one for one in lying_there if one.editor_id == keyring.holder_id]
    secret = keyring.open(keyring.holder_id)
    opened: list[tuple[UUID, dict[str, str]]] = []
    for parcel in mine:
        try:
            content = open_json_sealed(secret, bytes(parcel.box), place=parcel.place)
        except VaultError:
            continue
        opened.append((parcel.slot, content))
    if len(opened) < together():
        raise TooFew
    secrets.SystemRandom().shuffle(opened)
    for _slot, content in opened:
        _receive(content, by=by, now=now)
    Parcel.objects.filter(slot__in=[slot for slot, _content in opened]).delete()
    return len(opened)


def _receive(content: dict[str, str], *, by: User, now: datetime) -> Edition:
    today = timezone.localdate(now)
    reply_to = PublicKey(base64.b64decode(content["reply_to"]))
    holders = [user.key for user in editors(today) if user.key is not None]
    key, secret = new_key(KeyKind.DESK, holders=holders, today=today)
    edition = Edition(mark=reply_to.id, reply_to=reply_to.raw, key=key)
    text = asdict(text_of(content))
    edition.text = seal_json(secret, text, place=edition.place, least=LENGTH)
    edition.save(force_insert=True)
    record_grants(edition, grants_of(key.pk), by=by, now=now)
    record(Kind.EDITION_RECEIVED, edition, by=by, now=now)
    return edition


def read(edition: Edition, keyring: Keyring) -> Text:
    """The words of a story that waits, for an editor. Raises NoAccess, Tampered."""
    if edition.key_id is None:
        return published_text(edition)
    secret = keyring.open(edition.key_id)
    blob = bytes(edition.text or b"")
    return text_of(open_json(secret, blob, place=edition.place))


def read_to_edit(
    edition: Edition, *, by: User, keyring: Keyring, now: datetime
) -> Text:
    """The words of a story that waits; the look is an event.

    Raises NoAccess, Tampered.
    """
    text = read(edition, keyring)
    record(Kind.EDITION_READ, edition, by=by, now=now)
    return text


def read_all(
    editions: Iterable[Edition], keyring: Keyring
) -> list[tuple[Edition, Text | None]]:
    """What waits, with its words; None where this editor came after it was sent."""
    found = list(editions)
    keyring.preload(one.key_id for one in found if one.key_id)
    return [
        (one, read(one, keyring) if keyring.holds(one.key_id) else None)
        for one in found
        if one.key_id
    ]


def published_text(edition: Edition) -> Text:
    """The words of a published story; empty when it is not published."""
    return Text(**{name: getattr(edition, name) for name in FIELDS})


@transaction.atomic
def publish(
    edition: Edition,
    *,
    points: Iterable[str],
    by: User,
    keyring: Keyring,
    now: datetime,
) -> Edition:
    """Let the network read it: every point of the checklist was ticked.

    Raises StepForbidden, StepNotPossible without the whole checklist, and vault errors.
    """
    _lock(edition)
    Edition.objects.filter(pk=edition.pk).update(points=sorted(set(points)))
    take_step(edition, "publish", by=by, now=now)
    text = read(edition, keyring)
    destroy_text(edition, by=by, now=now)
    edition.refresh_from_db()
    for name, value in asdict(text).items():
        setattr(edition, name, value)
    edition.edited_by = by
    edition.published_on = timezone.localdate(now).replace(day=1)
    edition.save()
    return edition


def _lock(edition: Edition) -> None:
    """Raises StepNotPossible when it was taken back a moment ago."""
    if not Edition.objects.select_for_update().filter(pk=edition.pk).first():
        raise StepNotPossible


def send_back(edition: Edition, *, reason: str, by: User, now: datetime) -> Edition:
    """Another text is needed; the handler reads why, and the words go from here.

    Raises ReasonMissing, StepForbidden, StepNotPossible.
    """
    return _let_go(edition, "send_back", reason, by=by, now=now)


def refuse(edition: Edition, *, reason: str, by: User, now: datetime) -> Edition:
    """It is not published; as `send_back`."""
    return _let_go(edition, "refuse", reason, by=by, now=now)


def take_off(edition: Edition, *, reason: str, by: User, now: datetime) -> Edition:
    """A published story goes from every page at once; as `send_back`."""
    return _let_go(edition, "take_off", reason, by=by, now=now)


@transaction.atomic
def _let_go(
    edition: Edition, step: str, reason: str, *, by: User, now: datetime
) -> Edition:
    if not reason.strip() or len(reason) > LONGEST:
        raise ReasonMissing
    _lock(edition)
    # The words first: without them no state but the published one may be.
    destroy_text(edition, by=by, now=now)
    take_step(edition, step, by=by, now=now)
    public = PublicKey(bytes(edition.reply_to))
    told = {"text": reason.strip()}
    edition.reason = seal_json_to(public, told, place=edition.reason_place)
    edition.edited_by = by
    edition.save()
    return edition
