"""The start of an organisation: a root is made, shared out on paper, and gone."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.services import give_to_root
from weerbaar.accounts import trust
from weerbaar.accounts.endorsing import FingerprintDiffers, endorse, found_root
from weerbaar.accounts.models import Membership, Organisation, User
from weerbaar.custody.models import Ceremony, Holder, Purpose
from weerbaar.custody.services import ceremonies
from weerbaar.custody.services.colleagues import RECEIVES, members_with_vault
from weerbaar.custody.services.holders import sign_holder, unpinned_root
from weerbaar.vault.core import Secret
from weerbaar.vault.endorsing import is_fingerprint
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Key
from weerbaar.vault.shares import (
    SHARE_WORDS,
    join_shares,
    read_share,
    read_share_word,
    split_secret,
)
from weerbaar.web.refusals import InvalidInput, NotAllowed, NotPossibleNow

# How many shares there are, of which how many are needed.
SETS = {"2-3": (2, 3), "3-5": (3, 5)}
ASKED_WORDS = 3


class RootStands(NotPossibleNow):
    """An organisation has one root; another would cut off everybody who counts."""

    title = _("Your organisation has a main key already")
    detail = _("Its holders can use it to recover. A second one is not made.")


class HoldersAlike(InvalidInput):
    """Shares that lie with one person, or in one role, are as good as one share."""

    title = _("The holders have to be different people in different roles")
    detail = _(
        "Choose somebody else, so that nobody alone can bring the shares together."
    )


class WordsDiffer(InvalidInput):
    """What was typed back is not what stands on the screen: it was written wrongly."""

    title = _("One of the words is not right")
    detail = _("Look at your paper and at the screen, and mend what differs.")


@dataclass(frozen=True)
class HolderChoice:
    """Somebody who will hold a share; `person` when she signs in here."""

    name: str
    duty: str
    person: UUID | None = None


@dataclass(frozen=True)
class InHand:
    """Whose turn it is: the number from 1, of how many, and which words are asked."""

    number: int
    many: int
    threshold: int
    holder: HolderChoice
    words: tuple[str, ...]
    asked: tuple[int, ...]


def may_guide(by: User, organisation: Organisation) -> bool:
    """Who receives something here may guide a ceremony; an administrator may not."""
    return any(by.may(p, organisation) for p in RECEIVES)


def begin_founding(
    organisation: Organisation,
    size: str,
    choices: Sequence[HolderChoice],
    *,
    by: User,
    keyring: Keyring,
    now: datetime,
) -> str:
    """Make the root and its shares; gives the cookie by which the ceremony goes on.

    Nothing of the root is stored in clear. Raises NotAllowed, RootStands, HoldersAlike.
    """
    threshold, many = SETS[size]
    if not may_guide(by, organisation):
        raise NotAllowed
    if trust.root_of(organisation) is not None:
        raise RootStands
    _check_choices(choices, many, organisation)
    shares = split_secret(Secret.new(), threshold=threshold, many=many)
    state = {
        "threshold": threshold,
        "shares": [share.text for share in shares],
        "holders": [
            {"name": c.name, "duty": c.duty, "person": str(c.person or "")}
            for c in choices
        ],
        "asked": [_positions() for _share in shares],
        "done": 0,
        "before": _made_before(organisation),
    }
    return ceremonies.begin(
        organisation, Purpose.FOUNDING, state, by=by, keyring=keyring, now=now
    )


def _check_choices(
    choices: Sequence[HolderChoice], many: int, organisation: Organisation
) -> None:
    names = {c.name.casefold().strip() for c in choices}
    duties = {c.duty.casefold().strip() for c in choices}
    people = [c.person for c in choices if c.person]
    known = Membership.objects.filter(user__in=people, organisation=organisation)
    if not len(names) == len(duties) == len(choices) == many:
        raise HoldersAlike
    if len(set(people)) != len(people) or set(people) != {m.user_id for m in known}:
        raise HoldersAlike


def _positions() -> list[int]:
    drawn = secrets.SystemRandom().sample(range(1, SHARE_WORDS + 1), ASKED_WORDS)
    return sorted(drawn)


def in_hand(state: Mapping[str, Any]) -> InHand | None:
    """The share whose holder has not typed it back yet; None when all have."""
    done = state["done"]
    if done >= len(state["shares"]):
        return None
    holder = state["holders"][done]
    return InHand(
        done + 1,
        len(state["shares"]),
        state["threshold"],
        HolderChoice(holder["name"], holder["duty"]),
        read_share(state["shares"][done]).words,
        tuple(state["asked"][done]),
    )


def check_back(
    ceremony: Ceremony,
    state: dict[str, Any],
    typed: Sequence[str],
    cookie: str,
    *,
    keyring: Keyring,
) -> None:
    """The holder typed the asked words back: her share is not shown any more.

    Raises WordsDiffer.
    """
    share = in_hand(state)
    if share is None:
        return
    wanted = [share.words[position - 1] for position in share.asked]
    if [read_share_word(word) for word in typed] != wanted:
        raise WordsDiffer
    state["done"] += 1
    ceremonies.keep(ceremony, state, cookie, keyring=keyring)


@transaction.atomic
def finish_founding(
    ceremony: Ceremony,
    state: Mapping[str, Any],
    present: Mapping[int, str],
    *,
    by: User,
    keyring: Keyring,
    now: datetime,
) -> Key:
    """Keep the root's open half, endorse who is present, and forget the root.

    `present` holds by membership the six words that each read out. Who guides needs
    none: her own vault says which key is hers. Every case that she opens is granted to
    the root. Raises RootStands, CeremonyOver, FingerprintDiffers, UnreadableReceipt,
    NotAllowed.
    """
    organisation = _locked(ceremony.organisation)
    if in_hand(state) is not None or not may_guide(by, organisation):
        raise NotAllowed
    # Made meanwhile, by this or another ceremony: that one stands.
    if trust.root_of(organisation) or _made_before(organisation) != state["before"]:
        raise RootStands
    shares = [read_share(words) for words in state["shares"]]
    root = join_shares(shares[: state["threshold"]])
    Holder.objects.filter(organisation=organisation).delete()
    key = found_root(organisation, root, by=by, now=now)
    _keep_holders(organisation, key, root, state, now)
    for member in _present(organisation, present, by=by, keyring=keyring, now=now):
        endorse(member, secret=root, by=by, now=now)
    give_to_root(organisation, key, by=by, keyring=keyring, now=now)
    ceremonies.end(by)
    return key


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _made_before(organisation: Organisation) -> str:
    """The root that was made and never pinned; its papers are worth nothing."""
    waiting = unpinned_root(organisation)
    return str(waiting.pk) if waiting else ""


def _present(
    organisation: Organisation,
    present: Mapping[int, str],
    *,
    by: User,
    keyring: Keyring,
    now: datetime,
) -> list[Membership]:
    """Whose key was seen: by the six words, and of oneself by one's own vault."""
    found = []
    for member in members_with_vault(organisation, timezone.localdate(now)):
        public = trust.claim_of(member).public
        if member.user_id == by.pk:
            if public.id != keyring.holder_id:
                raise FingerprintDiffers
        elif not present.get(member.pk, "").strip():
            continue
        elif not is_fingerprint(present[member.pk], public):
            raise FingerprintDiffers
        found.append(member)
    return found


def _keep_holders(
    organisation: Organisation,
    key: Key,
    root: Secret,
    state: Mapping[str, Any],
    now: datetime,
) -> None:
    for number, chosen in enumerate(state["holders"], start=1):
        holder = Holder(
            organisation=organisation,
            root=key,
            number=number,
            threshold=state["threshold"],
            name=chosen["name"],
            duty=chosen["duty"],
            person_id=UUID(chosen["person"]) if chosen["person"] else None,
            founded_on=timezone.localdate(now),
        )
        sign_holder(holder, root)
        holder.save(force_insert=True)
