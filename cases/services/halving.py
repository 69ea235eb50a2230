"""Giving the halves of hidden names anew, which only the root can: it has both.

A handler gets the first half, a custodian the second, and nobody gets both.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.models import Case
from cases.services.reading import recused_in
from weerbaar.accounts.models import Organisation, User
from weerbaar.audit.services import record_grants
from weerbaar.vault.core import NoAccess
from weerbaar.vault.granting import grant_half
from weerbaar.vault.halves import FIRST, SECOND
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant, Key


@transaction.atomic
def give_halves(
    organisation: Organisation,
    to: User,
    *,
    share: int,
    by: User,
    keyring: Keyring,
    now: datetime,
    avoiding: Collection[UUID] = (),
) -> int:
    """Give one half of each hidden name that this keyring has; gives how many.

    Not of the cases in which she, or one of the people to be avoided, is recused, and
    not to who has the other half. The keyring is that of the root; whoever calls has
    checked that, and that she counts here.
    """
    kept_out, given = {str(to.pk), *map(str, avoiding)}, 0
    split = Case.objects.filter(
        organisation=organisation, identity_key__grants__share=share
    )
    for case in split.distinct().order_by("pk"):
        # An erased case can stand here again after a backup was put back.
        if not keyring.holds(case.case_key_id):
            continue
        if kept_out & recused_in(case, keyring) or _has_other(case, to, share):
            continue
        given += _give(case, to, share, keyring, by=by, now=now)
    return given


def _has_other(case: Case, to: User, share: int) -> bool:
    other = SECOND if share == FIRST else FIRST
    held = Grant.objects.filter(key=case.identity_key_id, holder=to.key_id)
    return held.filter(share__in=[0, other]).exists()


def _give(
    case: Case, to: User, share: int, keyring: Keyring, *, by: User, now: datetime
) -> bool:
    if case.identity_key_id is None or to.key is None:
        return False
    try:
        half = keyring.half(case.identity_key_id, share)
    except NoAccess:
        return False
    key = Key.objects.get(pk=case.identity_key_id)
    today = timezone.localdate(now)
    made = grant_half(half, key=key, share=share, to=to.key, today=today)
    record_grants(case, [made], by=by, now=now, organisation_id=case.organisation_id)
    return True
