"""Somebody leaves: access ends in the same moment, and her cases go on."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from cases.services import Left, leave_cases
from referrals.models import Referral
from weerbaar.accounts.endorsing import end_trust, may_vouch
from weerbaar.accounts.models import Membership, Organisation, User
from weerbaar.accounts.roles import Permission
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.stories import services as stories
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant, Unlocker
from weerbaar.web.refusals import NotAllowed


def may_end(by: User, organisation: Organisation, user: User) -> bool:
    """A colleague whose key counts, or an administrator; nobody ends herself."""
    may = may_vouch(by, organisation) or by.may_anywhere(Permission.MANAGE_ACCOUNTS)
    return may and by.pk != user.pk


@transaction.atomic
def end_membership(
    organisation: Organisation,
    user: User,
    *,
    to: User | None,
    by: User,
    keyring: Keyring | None,
    now: datetime,
    broken: bool = False,
) -> Left:
    """Everything that a person may in an organisation ends now.

    Her cases go on with the colleague `to`, or with the team. Who works nowhere else
    keeps no vault, no session and no way to sign in. `broken` when her key may be in
    other hands. Raises NotAllowed.
    """
    if not may_end(by, organisation, user):
        raise NotAllowed
    left = leave_cases(organisation, user, to=to, by=by, keyring=keyring, now=now)
    _leave_desk(organisation, user)
    stories.leave_desk(organisation, user, by=by, now=now)
    today = timezone.localdate(now)
    # A role counts up to and with its last day: that was yesterday.
    Membership.objects.current(today).filter(
        user=user, organisation=organisation
    ).update(ends_on=today - timedelta(days=1))
    end_trust(user, organisation, by=by, now=now, broken=broken)
    end_sessions(user)
    if not Membership.objects.current(today).filter(user=user).exists():
        _close_account(user)
    record(
        Kind.PERSON_LEFT,
        organisation,
        by=by,
        now=now,
        organisation_id=organisation.pk,
        person=user.pk,
    )
    return left


def end_sessions(user: User) -> int:
    """End every session of a person, wherever she is signed in; gives how many."""
    theirs = list(user.open_sessions.values_list("session", flat=True))
    Session.objects.filter(pk__in=theirs).delete()
    return len(theirs)


def _leave_desk(organisation: Organisation, user: User) -> None:
    packages = Referral.objects.filter(
        partner__organisation=organisation, package_key__isnull=False
    )
    Grant.objects.filter(
        holder_id=user.key_id, key_id__in=packages.values("package_key")
    ).delete()


def _close_account(user: User) -> None:
    """Nothing is left that opens or signs in; a return begins with a new vault."""
    close_vault(user)
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])


def close_vault(user: User) -> None:
    """Throw away what opens a person's vault, and every grant to it."""
    if user.key_id is None:
        return
    Grant.objects.filter(holder_id=user.key_id).delete()
    Unlocker.objects.filter(key_id=user.key_id).delete()
    user.key = None
    user.recovery_kept_on = None
    user.save(update_fields=["key", "recovery_kept_on"])
