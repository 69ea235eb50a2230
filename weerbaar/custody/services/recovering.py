"""Recovery: enough holders bring their shares, and one person gets the cases anew."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.services import Given, NotVouchedFor, give_all, give_halves
from weerbaar.accounts import trust
from weerbaar.accounts.endorsing import FingerprintDiffers, NoKeyYet, endorse
from weerbaar.accounts.models import Membership, Organisation, User
from weerbaar.accounts.roles import Role
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.custody.models import Ceremony, Holder, Purpose
from weerbaar.custody.services import ceremonies
from weerbaar.custody.services.colleagues import members_with_vault
from weerbaar.custody.services.founding import may_guide
from weerbaar.custody.services.holders import (
    check_holders,
    holders_of,
    people_among,
)
from weerbaar.vault.core import Secret
from weerbaar.vault.endorsing import is_fingerprint
from weerbaar.vault.halves import FIRST, SECOND
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Key
from weerbaar.vault.shares import Share, SharesDiffer, join_shares, read_share
from weerbaar.web.refusals import InvalidInput, NotAllowed, NotPossibleNow


class NothingToRecover(NotPossibleNow):
    """There is no pinned root with known holders, so nothing to bring together."""

    title = _("There is no main key to recover with")
    detail = _("First make a main key for the organisation and have it pinned.")


class ShareTwice(InvalidInput):
    """This share was entered already."""

    title = _("This share has been entered already")
    detail = _("Let another holder enter a share.")


class ForeignShare(InvalidInput):
    """A share of another root, or of none that is known here."""

    title = _("This share is not of the main key of this organisation")
    detail = _("Look at the name and the date on the paper.")


class MemberChanged(NotPossibleNow):
    """The key that was compared is not the one that stands there now."""

    title = _("The key of this colleague changed meanwhile")
    detail = _("Begin the recovery again and compare the six words anew.")


def begin_recovery(
    member: Membership, typed: str, *, by: User, keyring: Keyring, now: datetime
) -> str:
    """Choose who is to get the cases, after her six words were compared.

    Who chooses herself types nothing: her own vault says which key is hers. Gives the
    cookie. Raises NotAllowed, NothingToRecover, NoKeyYet, FingerprintDiffers,
    UnreadableReceipt.
    """
    organisation, key = member.organisation, member.user.key
    if not may_guide(by, organisation):
        raise NotAllowed
    if trust.root_of(organisation) is None or not _holders(organisation):
        raise NothingToRecover
    if key is None:
        raise NoKeyYet
    if member.user_id == by.pk:
        if key.pk != keyring.holder_id:
            raise FingerprintDiffers
    elif not is_fingerprint(typed, key.public_key):
        raise FingerprintDiffers
    state = {"member": member.pk, "key": str(key.pk), "shares": []}
    return ceremonies.begin(
        organisation, Purpose.RECOVERY, state, by=by, keyring=keyring, now=now
    )


@transaction.atomic
def enter_share(
    ceremony: Ceremony,
    state: dict[str, Any],
    typed: str,
    cookie: str,
    *,
    by: User,
    keyring: Keyring,
    now: datetime,
) -> Holder:
    """Take in a share, in any order; every colleague is told that one was entered.

    Raises UnreadableShare, ShareTwice, ForeignShare.
    """
    share = read_share(typed)
    known = {h.number: h for h in _holders(ceremony.organisation)}
    entered = [read_share(words) for words in state["shares"]]
    if share.number in {one.number for one in entered}:
        raise ShareTwice
    holder = known.get(share.number)
    if holder is None or holder.threshold != share.threshold:
        raise ForeignShare
    if any(one.set != share.set for one in entered):
        raise ForeignShare
    state["shares"].append(share.text)
    ceremonies.keep(ceremony, state, cookie, keyring=keyring)
    record(
        Kind.SHARE_ENTERED,
        ceremony.organisation,
        by=by,
        now=now,
        organisation_id=ceremony.organisation_id,
        number=share.number,
    )
    return holder


def took_part(ceremony: Ceremony, state: Mapping[str, Any]) -> list[Holder]:
    """The holders whose shares were entered."""
    numbers = {read_share(words).number for words in state["shares"]}
    return [h for h in _holders(ceremony.organisation) if h.number in numbers]


def shares_wanted(ceremony: Ceremony, state: Mapping[str, Any]) -> int:
    """How many shares are still to be entered."""
    holders = _holders(ceremony.organisation)
    needed = holders[0].threshold if holders else 0
    return max(0, needed - len(state["shares"]))


def member_of(
    ceremony: Ceremony, state: Mapping[str, Any], *, now: datetime
) -> Membership:
    """Who was chosen to get the cases. Raises MemberChanged."""
    return _chosen(ceremony.organisation, state, now)


@transaction.atomic
def recover(
    ceremony: Ceremony,
    state: Mapping[str, Any],
    *,
    by: User,
    keyring: Keyring,
    now: datetime,
) -> Given:
    """Bring the root together, endorse the chosen person, and give her the cases.

    Cases from which she or a holder who took part is recused stay closed. Raises
    NotAllowed, ForeignShare, MemberChanged, Tampered for a list of holders that the
    root did not sign, and NotVouchedFor for a key that was ended before.
    """
    organisation = ceremony.organisation
    if not may_guide(by, organisation) or shares_wanted(ceremony, state):
        raise NotAllowed
    key, root = _joined(organisation, [read_share(words) for words in state["shares"]])
    holders = took_part(ceremony, state)
    check_holders(holders, key.public_key)
    member = _chosen(organisation, state, now)
    endorse(member, secret=root, by=by, now=now)
    if not trust.counts_as(member.user, organisation, member.role):
        raise NotVouchedFor
    given = _give(member, root, people_among(holders), by=by, now=now)
    record(
        Kind.ROOT_RECOVERED,
        organisation,
        by=by,
        now=now,
        organisation_id=organisation.pk,
        person=member.user_id,
        root=key.pk,
    )
    ceremonies.end(by)
    return given


def _give(
    member: Membership, root: Secret, present: list[UUID], *, by: User, now: datetime
) -> Given:
    """A handler gets the cases and her half of hidden names, a custodian the other."""
    facts: dict[str, Any] = {
        "by": by,
        "keyring": Keyring(root),
        "now": now,
        "avoiding": present,
    }
    place, user, given = member.organisation, member.user, Given()
    if member.role == Role.HANDLER:
        given = give_all(place, user, **facts)
        give_halves(place, user, share=FIRST, **facts)
    if member.role == Role.CUSTODIAN:
        give_halves(place, user, share=SECOND, **facts)
    return given


def _holders(organisation: Organisation) -> list[Holder]:
    """The holders of the pinned root, and of no other."""
    key = trust.root_of(organisation)
    found = holders_of(organisation)
    return [h for h in found if key is not None and h.root_id == key.pk]


def _joined(organisation: Organisation, shares: list[Share]) -> tuple[Key, Secret]:
    key = trust.root_of(organisation)
    try:
        root = join_shares(shares)
    except SharesDiffer as error:
        raise ForeignShare from error
    if key is None or root.public.id != key.pk:
        raise ForeignShare
    return key, root


def _chosen(
    organisation: Organisation, state: Mapping[str, Any], now: datetime
) -> Membership:
    for member in members_with_vault(organisation, timezone.localdate(now)):
        if member.pk == state["member"]:
            if str(member.user.key_id) != state["key"]:
                raise MemberChanged
            return member
    raise MemberChanged
