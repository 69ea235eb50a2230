"""Who holds which share, signed by the root itself."""

from collections.abc import Iterable
from uuid import UUID

from weerbaar.accounts import trust
from weerbaar.accounts.models import Organisation
from weerbaar.custody.models import Holder
from weerbaar.vault.core import PublicKey, Secret, context
from weerbaar.vault.models import Key
from weerbaar.vault.suite import VERSION


def sign_holder(holder: Holder, root: Secret) -> None:
    """Let the root say who holds this share; does not save."""
    holder.signature = root.sign(_message(holder))


def check_holders(found: Iterable[Holder], root: PublicKey) -> None:
    """Raises Tampered when a row is not as the root signed it."""
    for holder in found:
        root.verify(bytes(holder.signature), _message(holder))


def holders_of(organisation: Organisation) -> list[Holder]:
    """Who holds the shares of the root that was made last."""
    found = Holder.objects.filter(organisation=organisation)
    return list(found.select_related("person", "root"))


def is_pinned(organisation: Organisation) -> bool:
    """Can something come in here: is the root pinned outside the database?"""
    return trust.root_of(organisation) is not None


def unpinned_root(organisation: Organisation) -> Key | None:
    """A root that was made and waits for the administrator; None when one is pinned."""
    if trust.root_of(organisation) is not None:
        return None
    holders = holders_of(organisation)
    return holders[0].root if holders else None


def people_among(holders: Iterable[Holder]) -> list[UUID]:
    """The holders who are people of the system: they may be recused from a case."""
    return [h.person_id for h in holders if h.person_id is not None]


def _message(holder: Holder) -> bytes:
    return context(
        "weerbaar",
        VERSION,
        "share holder",
        holder.organisation_id,
        holder.root_id,
        holder.number,
        holder.threshold,
        str(holder.person_id or ""),
        holder.name,
    )
