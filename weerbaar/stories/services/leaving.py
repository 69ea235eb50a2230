"""An editor leaves: what was sealed to her for the network goes."""

from datetime import datetime
from typing import Any

from weerbaar.accounts.models import Organisation, OrganisationKind, User
from weerbaar.audit.services import record_revocations
from weerbaar.stories.models.edited import Edition, Parcel
from weerbaar.vault.models import Grant


def leave_desk(
    organisation: Organisation, user: User, *, by: Any, now: datetime
) -> None:
    """Take away what an editor could read, in the transaction of her leaving.

    Colleagues have parcels and grants of their own.
    """
    if organisation.kind != OrganisationKind.NETWORK or user.key_id is None:
        return
    keys = Edition.objects.exclude(key=None).values("key")
    taken = list(Grant.objects.filter(holder_id=user.key_id, key__in=keys))
    record_revocations(
        organisation, taken, by=by, now=now, organisation_id=organisation.pk
    )
    Grant.objects.filter(pk__in=[grant.pk for grant in taken]).delete()
    Parcel.objects.filter(editor_id=user.key_id).delete()
