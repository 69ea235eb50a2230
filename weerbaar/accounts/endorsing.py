"""The verbs of trust: a root is founded, a colleague is endorsed, trust ends."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts import trust
from weerbaar.accounts.models import Membership, Organisation, User
from weerbaar.accounts.roles import Role
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.vault import endorsing
from weerbaar.vault.core import Secret
from weerbaar.vault.granting import keep_key
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Endorsement, Key, KeyKind
from weerbaar.web.refusals import InvalidInput, NotAllowed, NotPossibleNow


class FingerprintDiffers(InvalidInput):
    """The words that were typed are not those of the colleague's key."""

    title = _("These are not the words of this key")
    detail = _(
        "Nothing was signed. Call the colleague on a number that you know and let the "
        "words be read out again. Do they differ again? Then somebody may have put "
        "another key in place: call your security officer."
    )


class NoKeyYet(NotPossibleNow):
    """A colleague who never signed in has no key to vouch for."""

    title = _("This colleague has no vault yet")
    detail = _(
        "The colleague has to sign in once. After that you can compare the words."
    )


def found_root(
    organisation: Organisation, root: Secret, *, by: Any, now: datetime
) -> Key:
    """Keep the open half of an organisation's root; the Secret itself is never stored.

    It counts once an administrator pinned it (`trust.pin_text`).
    """
    key = keep_key(root, KeyKind.ROOT, today=timezone.localdate(now))
    record(
        Kind.ROOT_FOUNDED,
        organisation,
        by=by,
        now=now,
        organisation_id=organisation.pk,
        root=key.pk,
    )
    return key


@transaction.atomic
def endorse(
    membership: Membership, *, secret: Secret, by: Any, now: datetime
) -> Endorsement:
    """Sign that a member's public half counts, with one's own Secret or the root.

    Whether the signer counts is read from the chains: a signature by somebody who does
    not is a row that says nothing. Raises NoKeyYet, and NotEndorsed for oneself.
    """
    key = membership.user.key
    if key is None:
        raise NoKeyYet
    signed = endorsing.endorse(trust.claim_of(membership), by=secret)
    row = Endorsement.objects.create(
        key=key,
        organisation_id=membership.organisation_id,
        person_id=membership.user_id,
        role=membership.role,
        by_key_id=signed.by,
        signature=signed.signature,
        made_on=timezone.localdate(now),
    )
    record(
        Kind.PERSON_ENDORSED,
        membership.organisation,
        by=by,
        now=now,
        organisation_id=membership.organisation_id,
        person=membership.user_id,
        key=key.pk,
    )
    return row


def endorse_colleague(
    membership: Membership, typed: str, *, by: User, keyring: Keyring, now: datetime
) -> Endorsement:
    """Vouch for a colleague after the words of the key were compared out of band.

    Raises NotAllowed for who does not count here, NoKeyYet, FingerprintDiffers, and
    UnreadableReceipt with the words that are in no list.
    """
    organisation, key = membership.organisation, membership.user.key
    if not may_vouch(by, organisation):
        raise NotAllowed
    if key is None:
        raise NoKeyYet
    if not endorsing.is_fingerprint(typed, key.public_key):
        raise FingerprintDiffers
    secret = keyring.open(keyring.holder_id)
    return endorse(membership, secret=secret, by=by, now=now)


def may_vouch(by: User, organisation: Organisation) -> bool:
    """Who receives what comes in here, and counts, may vouch for a colleague."""
    roles = {
        m.role for m in by.current_memberships() if m.organisation_id == organisation.pk
    }
    return any(
        trust.counts_as(by, organisation, role)
        for role in roles & {Role.HANDLER, Role.PARTNER_DESK, Role.ANALYST}
    )


@transaction.atomic
def end_trust(
    user: User,
    organisation: Organisation,
    *,
    by: Any,
    now: datetime,
    broken: bool = False,
) -> int:
    """A person receives nothing any more here; gives how many signatures ended.

    `broken` when her Secret may have been in other hands: what it signed falls too, and
    colleagues whom only she vouched for need a new signature.
    """
    today = timezone.localdate(now)
    rows = Endorsement.objects.filter(
        organisation_id=organisation.pk, person_id=user.pk
    )
    ended = rows.filter(ended_on=None).update(ended_on=today)
    if broken:
        rows.update(broken_on=today)
    record(
        Kind.ENDORSEMENT_ENDED,
        organisation,
        by=by,
        now=now,
        organisation_id=organisation.pk,
        person=user.pk,
    )
    return ended
