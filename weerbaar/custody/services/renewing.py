"""A new vault for who lost everything, and a new key for a vault that still opens."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from cases.services import Given, close_all_requests, give_all
from weerbaar.accounts import services as accounts
from weerbaar.accounts.endorsing import end_trust, endorse, may_vouch
from weerbaar.accounts.models import Membership, Organisation, User
from weerbaar.accounts.roles import Permission
from weerbaar.accounts.trust import counts_as
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record, record_grants, record_revocations
from weerbaar.custody.services.leaving import close_vault
from weerbaar.vault import people
from weerbaar.vault.core import Secret, WrongSecret
from weerbaar.vault.granting import move_grants
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Endorsement, Unlocker
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
    close_all_requests(user, now=now)
    close_vault(user)
    return accounts.make_vault(user, password, by=user, now=now)


@sensitive_variables()
@transaction.atomic
def renew_vault(
    user: User,
    password: str,
    *,
    suspected: bool,
    keyring: Keyring,
    now: datetime,
) -> tuple[Secret, str]:
    """A new key for a vault that still opens; gives its Secret and its recovery code.

    Everything that was granted to the former key is granted to the new one, and the
    former ends, with its tokens and passkeys. The former key confirms the new one,
    unless it may have been in other hands: then nothing that it signed counts, and a
    colleague has to confirm. Raises WrongSecret for another password.
    """
    if not user.check_password(password) or user.key is None:
        raise WrongSecret
    old, secret = user.key, keyring.open(keyring.holder_id)
    key, fresh, code = people.make_person_key(
        password=password, today=timezone.localdate(now)
    )
    went, came = move_grants(secret, old=old, new=key, today=timezone.localdate(now))
    record_revocations(user, went, by=user, now=now)
    record_grants(user, came, by=user, now=now)
    confirmed = _end_trust(user, suspected=suspected, now=now)
    Unlocker.objects.filter(key=old).delete()
    user.key, user.recovery_kept_on = key, None
    user.save(update_fields=["key", "recovery_kept_on"])
    for member in [] if suspected else confirmed:
        member.user = user
        endorse(member, secret=secret, by=user, now=now)
    record(Kind.VAULT_RENEWED, user, by=user, now=now, key=key.pk)
    return fresh, code


def _end_trust(user: User, *, suspected: bool, now: datetime) -> list[Membership]:
    """End the signatures over the former key; gives the offices in which it counted."""
    mine = Membership.objects.current(timezone.localdate(now)).filter(user=user)
    members = list(mine.select_related("organisation", "user__key"))
    counted = [m for m in members if counts_as(user, m.organisation, str(m.role))]
    signed = Endorsement.objects.filter(person_id=user.pk).values("organisation_id")
    for organisation in Organisation.objects.filter(pk__in=signed):
        end_trust(user, organisation, by=user, now=now, broken=suspected)
    return counted


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
