"""Who lost everything begins with a new vault, which opens nothing yet."""

from datetime import datetime

from django.db import transaction

from cases.services import Given, give_all
from weerbaar.accounts import services as accounts
from weerbaar.accounts.endorsing import end_trust, may_vouch
from weerbaar.accounts.models import Membership, User
from weerbaar.accounts.roles import Permission
from weerbaar.custody.services.leaving import close_vault
from weerbaar.vault.core import WrongSecret
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Endorsement
from weerbaar.web.refusals import NotAllowed


@transaction.atomic
def start_over(user: User, password: str, *, now: datetime) -> str:
    """A new vault in place of one that nothing opens any more; gives its code.

    The former key counts no longer, and a colleague has to confirm the new one. Raises
    WrongSecret for another password than the present one.
    """
    if not user.check_password(password):
        raise WrongSecret
    signed = Endorsement.objects.filter(person_id=user.pk).values("organisation_id")
    for member in Membership.objects.filter(user=user, organisation__in=signed):
        end_trust(user, member.organisation, by=user, now=now)
    close_vault(user)
    return accounts.make_vault(user, password, by=user, now=now)


def hand_cases(
    member: Membership, *, by: User, keyring: Keyring, now: datetime
) -> Given:
    """Give a colleague all cases that both may see, in one go.

    Raises NotAllowed, NoVault, NotVouchedFor.
    """
    organisation = member.organisation
    if not by.may(Permission.HANDLE_CASES, organisation):
        raise NotAllowed
    if not may_vouch(by, organisation) or member.user_id == by.pk:
        raise NotAllowed
    return give_all(organisation, member.user, by=by, keyring=keyring, now=now)
