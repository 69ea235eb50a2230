"""The verbs of accounts: organisations, invitations, vaults, passwords and tokens."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weerbaar import codes
from weerbaar.accounts.models import Membership, Organisation, OrganisationKind, User
from weerbaar.accounts.roles import Role
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.outbox.services import enqueue
from weerbaar.vault import people
from weerbaar.vault.core import Secret, WrongSecret
from weerbaar.vault.models import Key, Unlocker, UnlockerKind
from weerbaar.web.refusals import InvalidInput, NotPossibleNow

MOST_TOKENS = 10


class AlreadyThere(NotPossibleNow):
    """An organisation or membership of that name exists."""

    title = _("This exists already")
    detail = _("Choose another short name, or change the one that exists.")


class TooManyTokens(NotPossibleNow):
    """A person has as many personal tokens as anybody needs."""

    title = _("You have ten tokens already")
    detail = _("End a token that you no longer use. Then you can make a new one.")


class LabelMissing(InvalidInput):
    """A token without a name cannot be recognised later."""

    title = _("The name of the token is missing")
    detail = _("Write what you use the token for.")


@transaction.atomic
def add_organisation(
    *,
    slug: str,
    name: str,
    kind: str,
    by: Any,
    now: datetime,
    province: str = "",
    **facts: Any,
) -> Organisation:
    """Add an organisation. Raises AlreadyThere, UnknownCode, ValueError (its kind)."""
    if Organisation.objects.filter(slug=slug).exists():
        raise AlreadyThere
    if province:
        codes.check("provinces", [province])
    organisation = Organisation.objects.create(
        slug=slug, name=name, kind=OrganisationKind(kind), province=province, **facts
    )
    record(
        Kind.ORGANISATION_ADDED,
        organisation,
        by=by,
        now=now,
        organisation_id=organisation.pk,
    )
    return organisation


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    organisation: Organisation,
    role: str,
    by: Any,
    now: datetime,
    office: str = "",
    fallback: bool = False,
) -> User:
    """Give a person a role in an organisation; a new person has no password yet.

    A `fallback` handler receives a report only when no other handler may.

    An address that is known already gets the membership only (several offices). The way
    in is a link of `password_link`. Raises AlreadyThere, UnknownCode, ValidationError.
    """
    validate_email(email)
    if office:
        codes.check("office_roles", [office])
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, None, name=name)
        EmailAddress.objects.create(
            user=user, email=user.email, primary=True, verified=True
        )
    membership = _join(
        user,
        organisation,
        Role(role),
        office,
        timezone.localdate(now),
        fallback=fallback,
    )
    record(
        Kind.PERSON_INVITED,
        user,
        by=by,
        now=now,
        organisation_id=organisation.pk,
        role=membership.role,
    )
    return user


def _join(
    user: User,
    organisation: Organisation,
    role: Role,
    office: str,
    today: date,
    *,
    fallback: bool = False,
) -> Membership:
    """A membership from today; one that has ended begins anew."""
    held = Membership.objects.filter(user=user, organisation=organisation, role=role)
    if held.current(today).exists():
        raise AlreadyThere
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
    membership, _made = Membership.objects.update_or_create(
        user=user,
        organisation=organisation,
        role=role,
        defaults={
            "office": office,
            "is_fallback": fallback,
            "starts_on": today,
            "ends_on": None,
        },
    )
    return membership


@transaction.atomic
def make_vault(user: User, password: str, *, by: Any, now: datetime) -> str:
    """Make a person's vault and give its recovery code, which is shown once."""
    _secret, code = _make_vault(user, password, by=by, now=now)
    return code


def _make_vault(
    user: User, password: str, *, by: Any, now: datetime
) -> tuple[Secret, str]:
    key, secret, code = people.make_person_key(
        password=password, today=timezone.localdate(now)
    )
    user.key = key
    user.save(update_fields=["key"])
    record(Kind.VAULT_MADE, user, by=by, now=now, key=key.pk)
    return secret, code


@transaction.atomic
def open_vault(user: User, password: str, *, now: datetime) -> Secret:
    """Open a person's vault with the password; the first time, make it.

    Raises WrongSecret when the password is not the one the vault was closed with.
    """
    fresh = User.objects.select_for_update().get(pk=user.pk)
    if fresh.key is None:
        secret, _code = _make_vault(fresh, password, by=user, now=now)
        user.key = fresh.key
        return secret
    secret = people.open_with_password(fresh.key, password)
    record(Kind.VAULT_OPENED, user, by=user, now=now)
    return secret


@transaction.atomic
def recover_vault(user: User, code: str, password: str, *, now: datetime) -> Secret:
    """Open with the recovery code and put the vault behind the present password.

    Both are needed, and the answer does not tell which of them was wrong: WrongSecret.
    """
    # Who signs in at her organisation has no password here, and chooses a passphrase.
    known = not user.has_usable_password() or user.check_password(password)
    if user.key is None:
        raise WrongSecret
    secret = people.open_with_recovery(user.key, code)
    if not known:
        raise WrongSecret
    people.set_password(user.key, secret, password, timezone.localdate(now))
    record(Kind.VAULT_RECOVERED, user, by=user, now=now)
    return secret


@transaction.atomic
def new_recovery_code(user: User, secret: Secret, *, now: datetime) -> str:
    """A fresh recovery code; the former one ends, and this one is still to be kept."""
    key = _key_of(user)
    user.recovery_kept_on = None
    user.save(update_fields=["recovery_kept_on"])
    record(Kind.RECOVERY_CODE_MADE, user, by=user, now=now)
    return people.new_recovery_code(key, secret, timezone.localdate(now))


def keep_recovery_code(user: User, *, today: date) -> None:
    """The person says that the recovery code is written down."""
    user.recovery_kept_on = today
    user.save(update_fields=["recovery_kept_on"])


@transaction.atomic
def change_password(user: User, old: str, new: str, *, now: datetime) -> None:
    """Change the password of the sign-in and of the vault together.

    After a reset the old password no longer opens the vault; then only the sign-in
    changes, and the recovery code stays the way in.
    """
    user.set_password(new)
    user.save(update_fields=["password"])
    if user.key is not None:
        try:
            secret = people.open_with_password(user.key, old)
        except WrongSecret:
            pass
        else:
            people.set_password(user.key, secret, new, timezone.localdate(now))
    record(Kind.PASSWORD_CHANGED, user, by=user, now=now)


@transaction.atomic
def set_passphrase(user: User, secret: Secret, words: str, *, now: datetime) -> None:
    """What opens the vault of somebody who has no password here."""
    people.set_password(_key_of(user), secret, words, timezone.localdate(now))
    record(Kind.PASSWORD_CHANGED, user, by=user, now=now)


@transaction.atomic
def reset_password(user: User, password: str, *, now: datetime) -> None:
    """Set a password by a link; a vault stays behind the former one (crypto 3a)."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(Kind.PASSWORD_CHANGED, user, by=user, now=now)


def ask_reset_link(email: str) -> None:
    """Have a link mailed if this address is somebody's.

    The same row is written for an unknown address, so that neither the answer nor its
    time says who has an account.
    """
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    enqueue("accounts.mail_reset_link", ref=user.pk if user else uuid4())


@transaction.atomic
def make_api_token(user: User, secret: Secret, *, label: str, now: datetime) -> str:
    """A personal token for programs, shown once. Raises LabelMissing, TooManyTokens."""
    if not label.strip():
        raise LabelMissing
    key = _key_of(user)
    if tokens_of(user).count() >= MOST_TOKENS:
        raise TooManyTokens
    token = people.make_token(
        key, secret, label=label.strip()[:80], today=timezone.localdate(now)
    )
    record(Kind.TOKEN_MADE, user, by=user, now=now)
    return token


@transaction.atomic
def end_api_token(user: User, token_id: UUID, *, now: datetime) -> None:
    """End a token at once. Raises Unlocker.DoesNotExist for another person's."""
    tokens_of(user).get(pk=token_id).delete()
    record(Kind.TOKEN_ENDED, user, by=user, now=now)


def tokens_of(user: User) -> "QuerySet[Unlocker]":
    """The personal tokens of this person, newest first."""
    if user.key_id is None:
        return Unlocker.objects.none()
    mine = Unlocker.objects.filter(key_id=user.key_id, kind=UnlockerKind.TOKEN)
    return mine.order_by("-made_on", "label")


def _key_of(user: User) -> Key:
    if user.key is None:
        raise WrongSecret("This person has no vault yet.")
    return user.key


def set_up_totp(user: User, secret: str) -> None:
    """Give a person a second factor with a known secret: for the demo and the tests.

    With reserve codes, as when she sets it up herself.
    """
    if settings.PRODUCTION:
        raise RuntimeError("In production a person sets up the second factor herself.")
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
